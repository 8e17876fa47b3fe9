package org.katagrade.grader.canary;

import static org.assertj.core.api.Assertions.assertThat;

/** Of these, {@link Solution} passes none. */
final class TallyChecks {

  void clears() {
    Tally tally = new Solution();
    tally.count();
    tally.clear();
    assertThat(tally.total()).as("total after it was cleared").isZero();
  }

  /** Threads as they are, since nothing else may order them. */
  void countsInTwoThreads() throws InterruptedException {
    Tally tally = new Solution();
    Thread one = new Thread(tally::count);
    Thread other = new Thread(tally::count);
    one.start();
    other.start();
    one.join();
    other.join();
    assertThat(tally.total()).as("total of two").isEqualTo(2);
  }
}
