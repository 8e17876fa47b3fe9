package kata01;

/** A counter. */
public final class Solution implements Counter {

  private long value;

  public Solution() {
    this(0);
  }

  public Solution(long initial) {
    value = initial;
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
    synchronized (this) {
      value += delta;
      return value;
    }
  }

  @Override
  public boolean compareAndSet(long expected, long next) {
    synchronized (this) {
      if (value != expected) {
        return false;
      }
      value = next;
      return true;
    }
  }

  @Override
  public long value() {
    return value;
  }
}
