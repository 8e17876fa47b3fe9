package kata01;

/** A counter. */
public final class Solution implements Counter {

  private final Object upLock = new Object();
  private final Object downLock = new Object();
  private long value;

  public Solution() {
    this(0);
  }

  public Solution(long initial) {
    value = initial;
  }

  @Override
  public long increment() {
    synchronized (upLock) {
      value++;
      return value;
    }
  }

  @Override
  public long decrement() {
    synchronized (downLock) {
      value--;
      return value;
    }
  }

  @Override
  public long add(long delta) {
    synchronized (upLock) {
      value += delta;
      return value;
    }
  }

  @Override
  public boolean compareAndSet(long expected, long next) {
    synchronized (upLock) {
      if (value != expected) {
        return false;
      }
      value = next;
      return true;
    }
  }

  @Override
  public long value() {
    synchronized (upLock) {
      return value;
    }
  }
}
