package org.katagrade.agent.race;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where order passes from one thread to another: a monitor, a volatile field, a task. Safe for use
 * by many threads.
 */
public final class SyncVar {

  private static final VarHandle CLOCK;

  static {
    try {
      CLOCK = MethodHandles.lookup().findVarHandle(SyncVar.class, "clock", VectorClock.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile VectorClock clock = VectorClock.NONE;

  /** What the thread did so far happens before what those do who acquire from now on. */
  @Guarded
  public void release(ThreadState thread) {
    join(thread.release());
  }

  /** As {@link #release}, for those who see this write and no longer for those before it. */
  @Guarded
  public void replace(ThreadState thread) {
    clock = thread.release();
  }

  /** What was released here happens before what the thread does next. */
  @Guarded
  public void acquire(ThreadState thread) {
    thread.acquire(clock);
  }

  /** Passes on what was released elsewhere. */
  @Guarded
  public void join(VectorClock released) {
    VectorClock before = clock;
    while (!CLOCK.compareAndSet(this, before, released.join(before))) {
      before = clock;
    }
  }

  /** Sets what was released here, unless others have released since. */
  boolean replace(VectorClock before, VectorClock after) {
    return CLOCK.compareAndSet(this, before, after);
  }

  /** What was released here. */
  public VectorClock clock() {
    return clock;
  }
}
