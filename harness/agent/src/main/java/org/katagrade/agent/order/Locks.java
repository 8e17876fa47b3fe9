package org.katagrade.agent.order;

import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;

/**
 * {@link Lock}: "A successful lock operation has the same memory synchronization effects as a
 * successful Lock action. A successful unlock operation has the same memory synchronization effects
 * as a successful Unlock action." {@link java.util.concurrent.locks.ReadWriteLock}: "a thread
 * successfully acquiring the read lock will see all updates made upon previous release of the write
 * lock"; so a read lock that is given back is seen by writers only.
 */
public final class Locks {

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final long MUTEX_SYNC = offset(ReentrantLock.class, "sync");
  private static final long READ_SYNC = offset(ReentrantReadWriteLock.ReadLock.class, "sync");
  private static final long WRITE_SYNC = offset(ReentrantReadWriteLock.WriteLock.class, "sync");
  private static final long CONDITION_OF =
      offset(AbstractQueuedSynchronizer.ConditionObject.class, "this$0");
  private static final long LONG_CONDITION_OF =
      offset(AbstractQueuedLongSynchronizer.ConditionObject.class, "this$0");

  private static final String READERS = "readers";

  /**
   * One way to hold a lock.
   *
   * @param identity what all ways to hold the lock have in common
   * @param readWrite whether there are several
   */
  record Mode(Object identity, boolean readWrite, boolean shared) {

    void took(ThreadState thread, Object lock) {
      Order.ofLock(identity, thread).acquire(thread);
      if (readWrite && !shared) {
        readers().acquire(thread);
      }
      thread.took(lock, identity, shared);
    }

    void gives(ThreadState thread) {
      thread.gave(identity, shared);
      (shared ? readers() : Order.ofLock(identity, thread)).release(thread);
    }

    private SyncVar readers() {
      return Order.of(identity, READERS);
    }
  }

  private Locks() {}

  private static long offset(Class<?> type, String field) {
    return UNSAFE.objectFieldOffset(type, field);
  }

  /** How this lock is held; null for one that is not the JDK's, whose code is woven itself. */
  static @Nullable Mode modeOf(Lock lock) {
    if (lock instanceof ReentrantLock) {
      return new Mode(UNSAFE.getReference(lock, MUTEX_SYNC), false, false);
    }
    if (lock instanceof ReentrantReadWriteLock.ReadLock) {
      return new Mode(UNSAFE.getReference(lock, READ_SYNC), true, true);
    }
    if (lock instanceof ReentrantReadWriteLock.WriteLock) {
      return new Mode(UNSAFE.getReference(lock, WRITE_SYNC), true, false);
    }
    String name = lock.getClass().getName();
    if (name.startsWith(StampedLock.class.getName() + "$")) {
      Object whole = UNSAFE.getReference(lock, offset(lock.getClass(), "this$0"));
      return new Mode(whole, true, name.endsWith("ReadLockView"));
    }
    return null;
  }

  /** After {@code super.lock()} in a lock that extends one of the JDK's. */
  static void tookSuper(boolean taken, Lock lock) {
    if (taken) {
      took(lock);
    }
  }

  /** Before {@code super.unlock()}. */
  static void givesSuper(Lock lock) {
    Mode mode = modeOf(lock);
    if (mode != null) {
      mode.gives(ThreadState.current());
    }
  }

  private static void took(Lock lock) {
    Mode mode = modeOf(lock);
    if (mode != null) {
      mode.took(ThreadState.current(), lock);
    }
  }

  public static void lock(Lock lock) {
    lock.lock();
    took(lock);
  }

  public static void lockInterruptibly(Lock lock) throws InterruptedException {
    lock.lockInterruptibly();
    took(lock);
  }

  public static boolean tryLock(Lock lock) {
    boolean taken = lock.tryLock();
    if (taken) {
      took(lock);
    }
    return taken;
  }

  public static boolean tryLock(Lock lock, long time, TimeUnit unit) throws InterruptedException {
    boolean taken = lock.tryLock(time, unit);
    if (taken) {
      took(lock);
    }
    return taken;
  }

  public static void unlock(Lock lock) {
    givesSuper(lock);
    lock.unlock();
  }

  /** A condition's wait gives its lock back and takes it again. */
  private static @Nullable SyncVar lockOf(Condition condition) {
    if (condition instanceof AbstractQueuedSynchronizer.ConditionObject) {
      return Order.of(UNSAFE.getReference(condition, CONDITION_OF));
    }
    if (condition instanceof AbstractQueuedLongSynchronizer.ConditionObject) {
      return Order.of(UNSAFE.getReference(condition, LONG_CONDITION_OF));
    }
    return null;
  }

  private static @Nullable SyncVar gives(Condition condition) {
    SyncVar lock = lockOf(condition);
    if (lock != null) {
      lock.release(ThreadState.current());
    }
    return lock;
  }

  private static void took(@Nullable SyncVar lock) {
    if (lock != null) {
      lock.acquire(ThreadState.current());
    }
  }

  public static void await(Condition condition) throws InterruptedException {
    SyncVar lock = gives(condition);
    try {
      condition.await();
    } finally {
      took(lock);
    }
  }

  public static void awaitUninterruptibly(Condition condition) {
    SyncVar lock = gives(condition);
    condition.awaitUninterruptibly();
    took(lock);
  }

  public static long awaitNanos(Condition condition, long nanos) throws InterruptedException {
    SyncVar lock = gives(condition);
    try {
      return condition.awaitNanos(nanos);
    } finally {
      took(lock);
    }
  }

  public static boolean await(Condition condition, long time, TimeUnit unit)
      throws InterruptedException {
    SyncVar lock = gives(condition);
    try {
      return condition.await(time, unit);
    } finally {
      took(lock);
    }
  }

  public static boolean awaitUntil(Condition condition, Date deadline) throws InterruptedException {
    SyncVar lock = gives(condition);
    try {
      return condition.awaitUntil(deadline);
    } finally {
      took(lock);
    }
  }
}
