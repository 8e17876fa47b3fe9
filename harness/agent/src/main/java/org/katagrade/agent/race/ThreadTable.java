package org.katagrade.agent.race;

import org.jspecify.annotations.Nullable;

/** Who started which thread, and what each thread knows. */
public final class ThreadTable {

  private static final WeakIdentityMap<Thread, VectorClock> STARTS = new WeakIdentityMap<>();
  private static final WeakIdentityMap<Thread, ThreadState> STATES = new WeakIdentityMap<>();
  private static final WeakIdentityMap<Thread, SyncVar> INTERRUPTS = new WeakIdentityMap<>();

  private ThreadTable() {}

  /** JLS 17.4.5: a call to {@code start()} happens before any action in the started thread. */
  public static void starts(Thread thread, ThreadState by) {
    STARTS.put(thread, by.release());
  }

  /** JLS 17.4.5: all actions in a thread happen before another returns from a join on it. */
  public static void ended(Thread thread, ThreadState seenBy) {
    ThreadState state = STATES.get(thread);
    if (state != null) {
      seenBy.acquire(state.end());
    } else {
      // It did nothing that the detector saw, but it was started.
      @Nullable VectorClock start = STARTS.get(thread);
      if (start != null) {
        seenBy.acquire(start);
      }
    }
  }

  /** JLS 17.4.4: an interrupt synchronizes with any point where it is determined. */
  public static SyncVar interrupts(Thread thread) {
    return INTERRUPTS.computeIfAbsent(thread, any -> new SyncVar());
  }

  /** What is kept of a thread; null if it is new. */
  static @Nullable ThreadState stateOf(Thread thread) {
    return STATES.get(thread);
  }

  static VectorClock enter(Thread thread, ThreadState state) {
    STATES.put(thread, state);
    VectorClock start = STARTS.remove(thread);
    return start == null ? VectorClock.NONE : start;
  }
}
