package org.katagrade.grader.fork;

import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.checks.evidence.Standstill;

/** How a check ended, as seen from outside its child. */
public sealed interface CheckEnd {

  /** The child said how it ended. */
  record Reported(Outcome outcome) implements CheckEnd {}

  /**
   * It was stopped at a limit.
   *
   * @param limit which limit, in words
   * @param threads the threads as they stood, if the child could still say
   */
  record Stopped(String limit, @Nullable Standstill threads) implements CheckEnd {}

  /** The child ended in the middle of it, by the submission's doing. */
  record Died(String cause) implements CheckEnd {}

  /** The child failed for a reason that is not the submission's. */
  record Lost(String cause) implements CheckEnd {}
}
