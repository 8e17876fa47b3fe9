package kata01;

/** A counter whose every method, the reading one included, holds the counter's own monitor. */
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
  public synchronized long add(long delta) {
    value += delta;
    return value;
  }

  @Override
  public synchronized boolean compareAndSet(long expected, long next) {
    if (value != expected) {
      return false;
    }
    value = next;
    return true;
  }

  @Override
  public synchronized long value() {
    return value;
  }
}
