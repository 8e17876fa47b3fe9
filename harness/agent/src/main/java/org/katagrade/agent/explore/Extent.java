package org.katagrade.agent.explore;

/**
 * How large the runs of a program are, as far as that is known.
 *
 * @param limit choices after which a run is ended as a livelock
 * @param contested choices of a run in which more than one thread could go on, by earlier runs
 * @param timed choices of a run at which time could have passed early, by earlier runs
 * @param threads threads of a run
 */
record Extent(int limit, int contested, int timed, int threads) {

  private static final int GUESS = 100;

  /** Before the first run. */
  static Extent unknown(int limit) {
    return new Extent(limit, GUESS, GUESS, 2);
  }

  /** What is known after another run; the newest counts for a quarter. */
  Extent after(int otherContested, int otherTimed, int otherThreads) {
    return new Extent(
        limit, mean(contested, otherContested), mean(timed, otherTimed), Math.max(1, otherThreads));
  }

  private static int mean(int before, int newest) {
    return Math.max(1, before == GUESS ? newest : (3 * before + newest + 3) / 4);
  }
}
