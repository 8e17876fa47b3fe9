package org.katagrade.agent.explore;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/** What can be known of the JDK's locks: threads wait for their inner parts. */
final class Synchronizers {

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final long OWNER =
      UNSAFE.objectFieldOffset(AbstractOwnableSynchronizer.class, "exclusiveOwnerThread");
  private static final long MUTEX_SYNC = UNSAFE.objectFieldOffset(ReentrantLock.class, "sync");
  private static final long READ_SYNC =
      UNSAFE.objectFieldOffset(ReentrantReadWriteLock.ReadLock.class, "sync");
  private static final long WRITE_SYNC =
      UNSAFE.objectFieldOffset(ReentrantReadWriteLock.WriteLock.class, "sync");
  private static final String READ_VIEW = StampedLock.class.getName() + "$";

  private Synchronizers() {}

  /** What all ways to hold this lock have in common, and threads that want it wait for. */
  static Object whole(Object lock) {
    if (lock instanceof ReentrantLock) {
      return UNSAFE.getReference(lock, MUTEX_SYNC);
    }
    if (lock instanceof ReentrantReadWriteLock.ReadLock) {
      return UNSAFE.getReference(lock, READ_SYNC);
    }
    if (lock instanceof ReentrantReadWriteLock.WriteLock) {
      return UNSAFE.getReference(lock, WRITE_SYNC);
    }
    if (lock instanceof Lock && lock.getClass().getName().startsWith(READ_VIEW)) {
      return UNSAFE.getReference(lock, UNSAFE.objectFieldOffset(lock.getClass(), "this$0"));
    }
    return lock;
  }

  /** Who holds it, if it is held by one thread that it knows. */
  static @Nullable Thread ownerOf(@Nullable Object blocker) {
    return blocker instanceof AbstractOwnableSynchronizer
        ? (Thread) UNSAFE.getReference(blocker, OWNER)
        : null;
  }

  /** The way to wait for this, of which a parked thread says that it keeps it from going on. */
  static Standing.How wayToWait(@Nullable Object blocker) {
    if (blocker instanceof Condition) {
      return Standing.How.CONDITION;
    }
    if (blocker instanceof StampedLock) {
      return Standing.How.LOCK;
    }
    if ((blocker instanceof AbstractQueuedSynchronizer
            || blocker instanceof AbstractQueuedLongSynchronizer)
        && isLock(java.util.Objects.requireNonNull(blocker))) {
      return Standing.How.LOCK;
    }
    return Standing.How.PARKED;
  }

  /** Whether it is the inner part of a lock, and not of a semaphore or latch. */
  private static boolean isLock(Object synchronizer) {
    String name = synchronizer.getClass().getName();
    return ownerOf(synchronizer) != null
        || name.startsWith(ReentrantLock.class.getName())
        || name.startsWith(ReentrantReadWriteLock.class.getName());
  }

  /** The class a reader knows it by. */
  static String typeOf(Object object) {
    String name = object.getClass().getName();
    if (!name.startsWith("java.util.concurrent.")) {
      return name;
    }
    if (object instanceof ReentrantReadWriteLock.ReadLock
        || object instanceof ReentrantReadWriteLock.WriteLock
        || object instanceof Condition) {
      return name;
    }
    int inner = name.indexOf('$');
    return inner < 0 || object instanceof Semaphore ? name : name.substring(0, inner);
  }
}
