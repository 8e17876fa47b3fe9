package org.katagrade.agent.explore;

/**
 * When time passes although somebody could still go on, so that time-outs race with what they wait
 * for: in half of the runs never, in others at a few moments, or now and then.
 */
final class EarlyTime {

  private static final int MOST = 3;

  /** How often now and then is: once in so many choices. */
  private static final int[] RATES = {2, 8, 64};

  private final int[] moments = new int[MOST];
  private int count;
  private int rate;
  private int chances;

  /** Draws what will happen in a run. */
  void begin(Dice dice, Extent known) {
    chances = 0;
    count = 0;
    rate = 0;
    switch (dice.below(4)) {
      case 0 -> rate = RATES[dice.below(RATES.length)];
      case 1 -> {
        count = 1 + dice.below(MOST);
        for (int i = 0; i < count; i++) {
          moments[i] = dice.below(known.timed());
        }
      }
      default -> {}
    }
  }

  /** Whether time passes early in this run. */
  boolean mayCome() {
    return count > 0 || rate > 0;
  }

  /** How many choices there were in this run at which time could have passed early. */
  int chances() {
    return chances;
  }

  /** Whether it passes at this choice. */
  boolean comes(Dice dice) {
    int chance = chances++;
    for (int i = 0; i < count; i++) {
      if (moments[i] == chance) {
        return true;
      }
    }
    return rate > 0 && dice.onceIn(rate);
  }
}
