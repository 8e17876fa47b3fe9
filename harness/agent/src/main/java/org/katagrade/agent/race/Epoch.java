package org.katagrade.agent.race;

/**
 * A stretch of a thread's life in which it tells nobody anything (FastTrack's epoch): what it does
 * within one is alike to all others. Each is one object, which is compared by its identity.
 */
final class Epoch {

  private final ThreadState thread;
  private final long time;

  Epoch(ThreadState thread, long time) {
    this.thread = thread;
    this.time = time;
  }

  ThreadState thread() {
    return thread;
  }

  /** Counted from 1 by its thread. */
  long time() {
    return time;
  }

  /** Whether it came before what the thread does now. */
  boolean before(ThreadState now) {
    return thread == now || isKnownTo(now.known());
  }

  /** Whether who has this clock comes after it. */
  boolean isKnownTo(VectorClock clock) {
    return time <= clock.at(thread.number());
  }
}
