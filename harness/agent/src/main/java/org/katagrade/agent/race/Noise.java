package org.katagrade.agent.race;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Moments at which a thread lets others go first, chosen from a seed. The detector itself does not
 * need them; they make a program take other courses than it usually does.
 *
 * <p>Of virtual threads the carrier lets others go first. If the thread left it, those that spin
 * could keep all carriers for ever, in a program that never leaves them at such a moment.
 */
public final class Noise {

  private static volatile long seed;
  private static volatile int every;

  private Noise() {}

  /** Known when noise is first made, which most JVMs never do. */
  private static final class Carriers {

    /** What {@link Thread#yield} does in a thread that is not virtual. */
    static final MethodHandle YIELD;

    static {
      try {
        YIELD =
            MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                .findStatic(Thread.class, "yield0", MethodType.methodType(void.class));
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /** Makes noise at one access in so many, or never if that is 0. */
  public static void make(long fromSeed, int oneIn) {
    seed = fromSeed;
    every = oneIn;
  }

  /** Perhaps lets others go first; returns the thread's next state, which is its own to keep. */
  static long at(long state, int thread) {
    int oneIn = every;
    if (oneIn == 0) {
      return state;
    }
    // Marsaglia's xorshift (2003).
    long next = state == 0 ? (seed + thread + 1) * 0x9E3779B97F4A7C15L : state;
    next ^= next << 13;
    next ^= next >>> 7;
    next ^= next << 17;
    if (Long.remainderUnsigned(next, oneIn) == 0) {
      letGo();
    }
    return next;
  }

  private static void letGo() {
    try {
      Carriers.YIELD.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException("cannot make noise", e);
    }
  }
}
