package kata01;

/** A counter. */
public final class Solution implements Counter {

  private final ThreadLocal<Long> value;

  public Solution() {
    this(0);
  }

  public Solution(long initial) {
    value = ThreadLocal.withInitial(() -> initial);
  }

  @Override
  public long increment() {
    return add(1);
  }

  @Override
  public long decrement() {
    return add(-1);
  }

  @Override
  public long add(long delta) {
    value.set(value.get() + delta);
    return value.get();
  }

  @Override
  public boolean compareAndSet(long expected, long next) {
    if (value.get() != expected) {
      return false;
    }
    value.set(next);
    return true;
  }

  @Override
  public long value() {
    return value.get();
  }
}
