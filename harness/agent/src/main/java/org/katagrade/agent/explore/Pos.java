package org.katagrade.agent.explore;

/**
 * Partial order sampling, after Yuan, Yang and Gu (CAV 2018): every next step has a random
 * priority, the highest is done, and the steps that conflict with it get new priorities, since only
 * the order among those matters.
 */
final class Pos extends Strategy {

  private final PerThread priorities = new PerThread();

  @Override
  String name() {
    return "pos";
  }

  @Override
  void begin(Extent known) {
    priorities.clear();
  }

  @Override
  int pick(Candidates now, int size) {
    priorities.see(now.threads(), dice);
    int best = -1;
    long highest = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      long priority = priorities.of(now.thread(i));
      if (open(now, i) && priority >= highest) {
        best = i;
        highest = priority;
      }
    }
    return best;
  }

  @Override
  void step(Candidates now, int size, int chosen) {
    priorities.see(now.threads(), dice);
    int object = now.object(chosen);
    boolean reads = now.reads(chosen);
    for (int i = 0; i < size; i++) {
      boolean conflicts =
          object != Candidates.ANYTHING && now.object(i) == object && !(reads && now.reads(i));
      if (i == chosen || conflicts) {
        priorities.set(now.thread(i), dice.next());
      }
    }
  }
}
