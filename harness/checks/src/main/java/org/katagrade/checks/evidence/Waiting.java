package org.katagrade.checks.evidence;

import org.jspecify.annotations.Nullable;

/**
 * What a thread waits for.
 *
 * @param how the way it waits
 * @param lock the object waited for, or null where the JVM does not say
 * @param holder name of the thread that holds the lock, or null if nobody does or the JVM cannot
 *     tell
 * @param takenAt where that holder took it, or null where that is not known
 */
public record Waiting(
    How how, @Nullable Lock lock, @Nullable String holder, @Nullable Frame takenAt) {

  /** One that does not know where the lock was taken. */
  public Waiting(How how, @Nullable Lock lock, @Nullable String holder) {
    this(how, lock, holder, null);
  }

  /** The ways to wait. */
  public enum How {
    /** To enter a {@code synchronized} block or method. */
    MONITOR,
    /** In {@code Object.wait}. */
    NOTIFICATION,
    /** For a lock of {@code java.util.concurrent.locks}. */
    LOCK,
    /** On a {@code Condition}. */
    CONDITION,
    /** Parked for something else: a semaphore, a latch, a future, a queue. */
    PARKED,
    /** For the check itself, which holds the thread at a gate or a meeting. */
    CHECK
  }
}
