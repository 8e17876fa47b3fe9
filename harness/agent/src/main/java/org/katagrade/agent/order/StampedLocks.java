package org.katagrade.agent.order;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import org.katagrade.agent.race.ThreadState;

/**
 * {@link StampedLock}: "Methods with the effect of successfully locking in any mode have the same
 * memory synchronization effects as a Lock action. Methods successfully unlocking in write mode
 * have the same memory synchronization effects as an Unlock action. In optimistic usages, actions
 * prior to the most recent write mode unlock action are guaranteed to happen-before those following
 * a tryOptimisticRead only if a later validate returns true".
 *
 * <p>What is read between {@code tryOptimisticRead} and {@code validate} counts as read under the
 * lock: correct code throws it away if it was not valid. So a program that forgets to validate
 * looks correct, but for what it reads although the stamp told it that somebody writes: if it never
 * comes back to the lock, to validate that stamp or to lock, it has not thrown that away.
 */
public final class StampedLocks {

  private StampedLocks() {}

  private static long took(StampedLock lock, long stamp, boolean shared) {
    if (stamp != 0) {
      new Locks.Mode(lock, true, shared).took(ThreadState.current(), lock);
    }
    return stamp;
  }

  private static void gives(StampedLock lock, boolean shared) {
    new Locks.Mode(lock, true, shared).gives(ThreadState.current());
  }

  public static long writeLock(StampedLock lock) {
    return took(lock, lock.writeLock(), false);
  }

  public static long writeLockInterruptibly(StampedLock lock) throws InterruptedException {
    return took(lock, lock.writeLockInterruptibly(), false);
  }

  public static long tryWriteLock(StampedLock lock) {
    return took(lock, lock.tryWriteLock(), false);
  }

  public static long tryWriteLock(StampedLock lock, long time, TimeUnit unit)
      throws InterruptedException {
    return took(lock, lock.tryWriteLock(time, unit), false);
  }

  public static long readLock(StampedLock lock) {
    return took(lock, lock.readLock(), true);
  }

  public static long readLockInterruptibly(StampedLock lock) throws InterruptedException {
    return took(lock, lock.readLockInterruptibly(), true);
  }

  public static long tryReadLock(StampedLock lock) {
    return took(lock, lock.tryReadLock(), true);
  }

  public static long tryReadLock(StampedLock lock, long time, TimeUnit unit)
      throws InterruptedException {
    return took(lock, lock.tryReadLock(time, unit), true);
  }

  public static void unlockWrite(StampedLock lock, long stamp) {
    gives(lock, false);
    lock.unlockWrite(stamp);
  }

  public static void unlockRead(StampedLock lock, long stamp) {
    gives(lock, true);
    lock.unlockRead(stamp);
  }

  public static void unlock(StampedLock lock, long stamp) {
    gives(lock, StampedLock.isReadLockStamp(stamp));
    lock.unlock(stamp);
  }

  public static boolean tryUnlockWrite(StampedLock lock) {
    if (lock.isWriteLocked()) {
      gives(lock, false);
    }
    return lock.tryUnlockWrite();
  }

  public static boolean tryUnlockRead(StampedLock lock) {
    if (lock.isReadLocked()) {
      gives(lock, true);
    }
    return lock.tryUnlockRead();
  }

  public static long tryConvertToWriteLock(StampedLock lock, long stamp) {
    long converted = lock.tryConvertToWriteLock(stamp);
    if (converted != 0 && !StampedLock.isWriteLockStamp(stamp)) {
      if (StampedLock.isReadLockStamp(stamp)) {
        ThreadState.current().gave(lock, true);
      }
      took(lock, converted, false);
    }
    return converted;
  }

  public static long tryConvertToReadLock(StampedLock lock, long stamp) {
    if (StampedLock.isWriteLockStamp(stamp)) {
      gives(lock, false);
    }
    long converted = lock.tryConvertToReadLock(stamp);
    return StampedLock.isReadLockStamp(stamp) ? converted : took(lock, converted, true);
  }

  public static long tryConvertToOptimisticRead(StampedLock lock, long stamp) {
    if (StampedLock.isLockStamp(stamp)) {
      gives(lock, StampedLock.isReadLockStamp(stamp));
    } else {
      ThreadState.current().gaveShared(lock);
    }
    return took(lock, lock.tryConvertToOptimisticRead(stamp), true);
  }

  public static long tryOptimisticRead(StampedLock lock) {
    ThreadState thread = ThreadState.current();
    thread.gaveShared(lock);
    long stamp = lock.tryOptimisticRead();
    if (stamp == 0) {
      thread.glimpse(lock);
    }
    return took(lock, stamp, true);
  }

  public static boolean validate(StampedLock lock, long stamp) {
    boolean valid = lock.validate(stamp);
    ThreadState thread = ThreadState.current();
    if (valid) {
      Order.of(lock).acquire(thread);
    }
    if (StampedLock.isOptimisticReadStamp(stamp) || stamp == 0 && thread.glimpses(lock)) {
      thread.gaveShared(lock);
    }
    return valid;
  }
}
