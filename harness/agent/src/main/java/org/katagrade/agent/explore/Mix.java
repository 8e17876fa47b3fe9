package org.katagrade.agent.explore;

import java.util.List;

/** Strategies that take turns, run by run: what one cannot find another may. */
final class Mix {

  private final List<Strategy> strategies;

  Mix(List<Strategy> strategies) {
    if (strategies.isEmpty()) {
      throw new IllegalArgumentException("there is no strategy to choose by");
    }
    this.strategies = List.copyOf(strategies);
  }

  /** What explores if nothing else was asked for. */
  static Mix standard() {
    return new Mix(
        List.of(
            new RandomWalk(),
            new Pos(),
            new LateAccesses(),
            new FewSwitches(),
            new Pct(),
            new SkewedWalk()));
  }

  /** All of them. */
  List<Strategy> strategies() {
    return strategies;
  }

  /** The strategy of a run; the first run is number 0. */
  Strategy of(int run) {
    return strategies.get(run % strategies.size());
  }
}
