package org.katagrade.agent.race;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Where order passes from one thread to another: a monitor, a volatile field, a task. Safe for use
 * by many threads.
 */
public final class SyncVar extends Cell {

  private static final VarHandle CLOCK;
  private static final VarHandle WRITES;

  /** A write that has begun, in {@link #writes}; those under way are counted in the lower half. */
  private static final long BEGUN = 1L << 32;

  static {
    try {
      CLOCK = MethodHandles.lookup().findVarHandle(SyncVar.class, "clock", VectorClock.class);
      WRITES = MethodHandles.lookup().findVarHandle(SyncVar.class, "writes", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile VectorClock clock = VectorClock.NONE;
  private volatile long writes;

  /** Whether it is also written by instructions, of which nobody knows when they take place. */
  private volatile boolean keepsAll;

  /** All that a write took the place of; null if none ever did. */
  private volatile @Nullable VectorClock replaced;

  /** Has nothing to pass on yet. */
  public SyncVar() {
    super(null);
  }

  /** What the thread did so far happens before what those do who acquire from now on. */
  @Guarded
  public void release(ThreadState thread) {
    join(thread.release());
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

  /** From now on no write takes the place of those before it. */
  void keepAll() {
    if (!keepsAll) {
      keepsAll = true;
    }
  }

  /** A write is about to take place; what it returns is for {@link #endWrite}. */
  long beginWrite() {
    return (long) WRITES.getAndAdd(this, BEGUN + 1) + BEGUN + 1;
  }

  /** The write has taken place. */
  void endWrite() {
    WRITES.getAndAdd(this, -1L);
  }

  /**
   * The write has taken place, and those who see it do not see those before it. If others were
   * under way in the meantime nobody knows which came last, and nothing changes.
   *
   * @param joined what was released here when it began, and by it
   * @param released by it
   */
  void endWrite(long begun, VectorClock joined, VectorClock released) {
    boolean alone = (int) begun == 1 && begun == writes && !keepsAll;
    if (alone && clock == joined) {
      VectorClock earlier = replaced;
      // Only one can be alone, so this loses nothing; and it comes before what it makes up for.
      replaced = earlier == null ? joined : earlier.join(joined);
      CLOCK.compareAndSet(this, joined, released);
    }
    endWrite();
  }

  /** What those see who may have read before the last write took the place of others. */
  @Nullable VectorClock replaced() {
    return replaced;
  }

  /** What was released here. */
  public VectorClock clock() {
    return clock;
  }
}
