package kata01;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.StampedLock;

/** A counter. */
public final class Solution implements Counter {

  private final Lock lock = new StampedLock().asWriteLock();
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
    lock.lock();
    try {
      value += delta;
      return value;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean compareAndSet(long expected, long next) {
    lock.lock();
    try {
      if (value() != expected) {
        return false;
      }
      value = next;
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long value() {
    lock.lock();
    try {
      return value;
    } finally {
      lock.unlock();
    }
  }
}
