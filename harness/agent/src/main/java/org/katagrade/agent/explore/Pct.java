package org.katagrade.agent.explore;

/**
 * Probabilistic concurrency testing, after Burckhardt and others (ASPLOS 2010): threads have random
 * priorities, the highest goes on, and at a few random moments the one that goes on becomes the
 * lowest. A bug that needs d steps to be in order, in a program of n threads and k steps, is found
 * with probability 1 / (n k^(d-1)) or better.
 */
final class Pct extends Strategy {

  private static final int DEEPEST = 5;

  private final PerThread priorities = new PerThread();
  private final int[] moments = new int[DEEPEST - 1];
  private int demotions;
  private long lowest;

  @Override
  String name() {
    return "pct";
  }

  @Override
  void begin(Extent known) {
    priorities.clear();
    demotions = dice.below(DEEPEST);
    for (int i = 0; i < demotions; i++) {
      moments[i] = dice.below(known.contested());
    }
    lowest = 0;
  }

  @Override
  int pick(Candidates now, int size) {
    see(now);
    int best = best(now, size);
    for (int i = 0; i < demotions; i++) {
      if (moments[i] == contested()) {
        demote(now.thread(best));
        best = best(now, size);
      }
    }
    return best;
  }

  /** Who yields goes on when nobody else can. */
  @Override
  void step(Candidates now, int size, int chosen) {
    see(now);
    if (now.yields(chosen)) {
      demote(now.thread(chosen));
    }
  }

  private void see(Candidates now) {
    priorities.see(now.threads(), dice);
  }

  private void demote(int thread) {
    priorities.set(thread, --lowest);
  }

  private int best(Candidates now, int size) {
    int best = -1;
    long highest = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      long priority = priority(now.thread(i));
      if (open(now, i) && priority >= highest) {
        best = i;
        highest = priority;
      }
    }
    return best;
  }

  /** Random priorities are above 0, those of the demoted below. */
  private long priority(int thread) {
    long number = priorities.of(thread);
    return number < 0 && number >= lowest ? number : number >>> 1;
  }
}
