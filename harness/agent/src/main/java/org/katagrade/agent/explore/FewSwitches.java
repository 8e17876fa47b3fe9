package org.katagrade.agent.explore;

/**
 * Lets a thread go on until it cannot, except at a few random moments, and then any other: most
 * mistakes need no more than one or two switches at the wrong place.
 */
final class FewSwitches extends Strategy {

  private static final int MOST = 4;

  private final int[] moments = new int[MOST];
  private int switches;

  @Override
  String name() {
    return "switch";
  }

  @Override
  void begin(Extent known) {
    switches = dice.below(MOST + 1);
    for (int i = 0; i < switches; i++) {
      moments[i] = dice.below(known.contested());
    }
  }

  @Override
  int pick(Candidates now, int size) {
    int current = current(now);
    if (current < 0) {
      return any(now, size);
    }
    for (int i = 0; i < switches; i++) {
      if (moments[i] == contested()) {
        return other(now, size, current);
      }
    }
    return current;
  }

  private int other(Candidates now, int size, int current) {
    int other = any(now, size);
    while (other == current) {
      other = any(now, size);
    }
    return other;
  }
}
