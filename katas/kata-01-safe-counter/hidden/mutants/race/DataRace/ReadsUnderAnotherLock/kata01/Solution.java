package kata01;

/** A counter whose changes hold one lock. */
public final class Solution implements Counter {

  private final Object changes = new Object();
  private long value;

  public Solution() {}

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
    synchronized (changes) {
      value += delta;
      return value;
    }
  }

  @Override
  public boolean compareAndSet(long expected, long next) {
    synchronized (changes) {
      boolean same = value == expected;
      if (same) {
        value = next;
      }
      return same;
    }
  }

  @Override
  public synchronized long value() {
    return value;
  }
}
