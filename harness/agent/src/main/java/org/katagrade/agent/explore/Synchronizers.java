package org.katagrade.agent.explore;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
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
  private static final long BOTH_SYNC =
      UNSAFE.objectFieldOffset(ReentrantReadWriteLock.class, "sync");
  private static final long SEMAPHORE_SYNC = UNSAFE.objectFieldOffset(Semaphore.class, "sync");
  private static final long LATCH_SYNC = UNSAFE.objectFieldOffset(CountDownLatch.class, "sync");
  private static final String STAMPED = StampedLock.class.getName() + "$";
  private static final String READ_WRITE = ReentrantReadWriteLock.class.getName();

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
    return withoutView(lock);
  }

  /** The lock that this is a view of, if it is one of a {@link StampedLock}; else itself. */
  static Object withoutView(Object lock) {
    if ((lock instanceof Lock || lock instanceof ReadWriteLock)
        && lock.getClass().getName().startsWith(STAMPED)) {
      return UNSAFE.getReference(lock, UNSAFE.objectFieldOffset(lock.getClass(), "this$0"));
    }
    return lock;
  }

  /** What has the name: of all that threads wait for, the part that they wait for. */
  static Object named(Object object) {
    return switch (object) {
      case ReentrantReadWriteLock both -> UNSAFE.getReference(both, BOTH_SYNC);
      case Semaphore semaphore -> UNSAFE.getReference(semaphore, SEMAPHORE_SYNC);
      case CountDownLatch latch -> UNSAFE.getReference(latch, LATCH_SYNC);
      default -> whole(object);
    };
  }

  /** Whether it is what the two halves of a {@link ReentrantReadWriteLock} have in common. */
  static boolean hasHalves(Object whole) {
    return whole instanceof AbstractOwnableSynchronizer
        && whole.getClass().getName().startsWith(READ_WRITE);
  }

  /** The type of the half for which a thread with this stack waits; only readers wait to read. */
  static String halfOf(StackTraceElement[] stack) {
    String reading = ReentrantReadWriteLock.ReadLock.class.getName();
    return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().equals(reading))
        ? reading
        : ReentrantReadWriteLock.WriteLock.class.getName();
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
        || name.startsWith(READ_WRITE);
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
