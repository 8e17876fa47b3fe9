package org.katagrade.agent.explore;

/**
 * Holds back the reads or the writes of some variables and locks, in all threads, for as long as
 * anybody can do another step. A thread stands before such a step until all others stand, too: what
 * goes wrong if something is not there yet, or if many are at one place, is found with a hundred
 * threads as with two, which choices thread by thread do not. Which variables threads share it
 * knows from earlier runs.
 */
final class LateAccesses extends Strategy {

  /** One in so many is held back. Chosen for each run. */
  private static final int[] SHARES = {2, 3, 4, 8};

  private final Touched touched = new Touched();
  private boolean walks;
  private int share;
  private long salt;

  @Override
  String name() {
    return "late";
  }

  /** Those who are not held back go on until they are, or take turns at every step. */
  @Override
  void begin(Extent known) {
    walks = dice.onceIn(2);
    share = SHARES[dice.below(SHARES.length)];
    salt = dice.next();
  }

  @Override
  int pick(Candidates now, int size) {
    int current = current(now);
    if (!walks && current >= 0 && !isHeld(now, current)) {
      return current;
    }
    int free = 0;
    for (int i = 0; i < size; i++) {
      free += open(now, i) && !isHeld(now, i) ? 1 : 0;
    }
    if (free == 0) {
      return any(now, size);
    }
    int left = dice.below(free);
    for (int i = 0; i < size; i++) {
      if (open(now, i) && !isHeld(now, i) && left-- == 0) {
        return i;
      }
    }
    throw new IllegalStateException("there is no such candidate");
  }

  @Override
  void step(Candidates now, int size, int chosen) {
    touched.touch(now.object(chosen), now.thread(chosen));
  }

  /** What only one thread has to do with is nothing that others could be ahead of. */
  private boolean isHeld(Candidates now, int index) {
    int object = now.object(index);
    if (!touched.isShared(object)) {
      return false;
    }
    long kind = 2L * touched.order(object) + (now.reads(index) ? 1 : 0);
    return (Dice.mix(salt + kind) >>> 1) % share == 0;
  }
}
