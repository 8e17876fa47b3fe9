package org.katagrade.agent.explore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread at the end of a run, and what keeps it from going on.
 *
 * @param holds the locks it holds, and where it took each
 * @param wants what it waits for; null if it could go on
 * @param stack where it is, innermost first
 * @param startedAt the stack that started it, innermost first; empty if the run is not told, and
 *     for the thread it begins with
 */
public record Standing(
    String thread,
    boolean virtual,
    List<Held> holds,
    @Nullable Wanted wants,
    List<StackTraceElement> stack,
    List<StackTraceElement> startedAt) {

  public Standing {
    holds = List.copyOf(holds);
    stack = List.copyOf(stack);
    startedAt = List.copyOf(startedAt);
  }

  /** A lock that a thread holds; where it was taken, if that is known. */
  public record Held(LockName lock, @Nullable StackTraceElement takenAt) {}

  /**
   * What a thread waits for.
   *
   * @param object what it waits on, or null where nothing tells
   * @param holder the thread that holds it, or null if nobody does or that cannot be known
   * @param timed whether the wait ends by itself
   */
  public record Wanted(
      How how, @Nullable LockName object, @Nullable String holder, boolean timed) {}

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
    /** For a thread to end. */
    JOIN,
    /** For time to pass. */
    SLEEP
  }
}
