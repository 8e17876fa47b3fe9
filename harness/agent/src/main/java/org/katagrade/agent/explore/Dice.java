package org.katagrade.agent.explore;

/**
 * Numbers that follow from a seed and look as if they did not: SplitMix64. Not the JDK's, since
 * that is part of what is explored and may be woven.
 */
final class Dice {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  Dice(long seed) {
    state = seed;
  }

  /** Begins anew with another seed. */
  void seed(long seed) {
    state = seed;
  }

  long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** A number from 0 to bound - 1. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** True once in so many times. */
  boolean onceIn(int times) {
    return below(times) == 0;
  }

  /** Spreads the bits of a number over all of it; different numbers stay different. */
  static long mix(long number) {
    long mixed = number;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** The seed of one of many runs. */
  static long seed(long seed, int run) {
    return mix(mix(seed + GOLDEN) + run * GOLDEN);
  }
}
