package org.katagrade.checks.wire;

/** What the checks of a job are run for. */
public enum Sought {
  /** Checks that do not pass. */
  FAILURES,
  /** Data races, which takes the race detector; a check that passes or not is told of beside it. */
  RACES,
  /** The ones and the others. */
  BOTH;

  /** Whether data races are of interest. */
  public boolean races() {
    return this != FAILURES;
  }

  /** Whether checks that fail are of interest. */
  public boolean failures() {
    return this != RACES;
  }
}
