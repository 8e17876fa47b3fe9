package kata01;

import java.util.concurrent.locks.StampedLock;

/** A counter that is read optimistically. */
public final class Solution implements Counter {

  private final StampedLock lock = new StampedLock();
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
    long stamp = lock.writeLock();
    try {
      value += delta;
      return value;
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  @Override
  public boolean compareAndSet(long expected, long next) {
    long stamp = lock.writeLock();
    try {
      if (value != expected) {
        return false;
      }
      value = next;
      return true;
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  @Override
  public long value() {
    long stamp = lock.tryOptimisticRead();
    if (lock.validate(stamp)) {
      return value;
    }
    stamp = lock.readLock();
    try {
      return value;
    } finally {
      lock.unlockRead(stamp);
    }
  }
}
