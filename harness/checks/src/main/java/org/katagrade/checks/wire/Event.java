package org.katagrade.checks.wire;

import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.checks.evidence.RacesSeen;
import org.katagrade.checks.evidence.Standstill;

/** What a child tells the grader. */
public sealed interface Event {

  /** The child is there and has read its job. */
  record Ready() implements Event {}

  /** A task begins. */
  record Began(String task) implements Event {}

  /**
   * A task ended.
   *
   * @param exploration how it was explored; null if it ran with real threads
   * @param races what the detector saw, where it was there
   * @param soiled whether threads were left running, so that the next check wants a fresh child
   * @param cpuMillis processor time it used
   */
  record Ended(
      String task,
      Outcome outcome,
      @Nullable Exploration exploration,
      RacesSeen races,
      boolean soiled,
      long cpuMillis)
      implements Event {

    /** The end of a check that ran with real threads and without the detector. */
    public Ended(String task, Outcome outcome, boolean soiled, long cpuMillis) {
      this(task, outcome, null, RacesSeen.NONE, soiled, cpuMillis);
    }
  }

  /** The submission wrote something. */
  record Printed(String text) implements Event {}

  /** The threads as they stand, in answer to {@link Request#DUMP}. */
  record Dumped(Standstill threads) implements Event {}

  /** All checks of the job have ended. */
  record Done() implements Event {}
}
