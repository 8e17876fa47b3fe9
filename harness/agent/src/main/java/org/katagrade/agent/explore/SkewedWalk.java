package org.katagrade.agent.explore;

/**
 * A random walk in which some threads are faster than others: each has a weight, drawn anew for
 * every run. Finds what needs many threads to be at the same place, or one far behind the others,
 * which a walk with even steps all but never does.
 */
final class SkewedWalk extends Strategy {

  /** The fastest are up to 2^12 times as fast as the slowest. */
  private static final int STEEPEST = 12;

  private final PerThread weights = new PerThread();
  private int steepness;

  @Override
  String name() {
    return "skewed";
  }

  @Override
  void begin(Extent known) {
    weights.clear();
    steepness = 2 + dice.below(STEEPEST - 1);
  }

  @Override
  int pick(Candidates now, int size) {
    weights.see(now.threads(), dice);
    int all = 0;
    for (int i = 0; i < size; i++) {
      all += weight(now, i);
    }
    int left = dice.below(all);
    int chosen = -1;
    for (int i = 0; i < size && left >= 0; i++) {
      left -= weight(now, i);
      chosen = i;
    }
    return chosen;
  }

  private int weight(Candidates now, int index) {
    if (!open(now, index)) {
      return 0;
    }
    return 1 << (weights.of(now.thread(index)) >>> 1) % (steepness + 1);
  }
}
