package org.katagrade.agent.race;

/**
 * Moments at which a thread lets others go first, chosen from a seed. The detector itself does not
 * need them; they make a program take other courses than it usually does.
 */
public final class Noise {

  private static volatile long seed;
  private static volatile int every;

  private Noise() {}

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
      Thread.yield();
    }
    return next;
  }
}
