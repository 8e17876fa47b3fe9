package org.katagrade.grader.fork;

import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.checks.evidence.RacesSeen;
import org.katagrade.checks.evidence.Standstill;

/** How a check ended, as seen from outside its child. */
public sealed interface CheckEnd {

  /**
   * The child said how it ended.
   *
   * @param exploration how it was explored; null if it ran with real threads
   * @param races what the race detector saw, where it was there
   */
  record Reported(Outcome outcome, @Nullable Exploration exploration, RacesSeen races)
      implements CheckEnd {}

  /**
   * It was stopped at a limit.
   *
   * @param limit which limit, in words
   * @param threads the threads as they stood, if the child could still say
   */
  record Stopped(String limit, @Nullable Standstill threads) implements CheckEnd {}

  /** The child ended in the middle of it, by the submission's doing. */
  record Died(String cause) implements CheckEnd {}

  /**
   * What the child says cannot be believed, by the submission's doing.
   *
   * @param how what gave it away
   */
  record Tampered(String how) implements CheckEnd {}

  /** The child failed for a reason that is not the submission's. */
  record Lost(String cause) implements CheckEnd {}
}
