package org.katagrade.agent.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An object that threads of a run have to do with, and its monitor. Serves many runs. */
final class Target {

  /** From 1, in the order in which the run came upon them. */
  final int number;

  @Nullable Object object;
  @Nullable Strand owner;

  /** How often the owner has entered the monitor. */
  int depth;

  private @Nullable Strand[] waiters = new @Nullable Strand[4];
  private int waiting;

  Target(int number) {
    this.number = number;
  }

  void begin(Object of) {
    object = of;
  }

  void end() {
    object = null;
    owner = null;
    depth = 0;
    if (waiting > 0) {
      Arrays.fill(waiters, null);
      waiting = 0;
    }
  }

  /** How many are in its wait set. */
  int waiting() {
    return waiting;
  }

  void addWaiter(Strand strand) {
    if (waiting == waiters.length) {
      waiters = Arrays.copyOf(waiters, 2 * waiting);
    }
    waiters[waiting++] = strand;
  }

  /** Takes one out of its wait set, and returns it. */
  Strand removeWaiter(int index) {
    Strand strand = java.util.Objects.requireNonNull(waiters[index]);
    waiting--;
    System.arraycopy(waiters, index + 1, waiters, index, waiting - index);
    waiters[waiting] = null;
    return strand;
  }

  /** Takes this one out of its wait set, if it is there. */
  void removeWaiter(Strand strand) {
    for (int i = 0; i < waiting; i++) {
      if (waiters[i] == strand) {
        removeWaiter(i);
        return;
      }
    }
  }
}
