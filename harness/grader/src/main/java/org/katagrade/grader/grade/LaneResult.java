package org.katagrade.grader.grade;

import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Exploration;

/**
 * What a lane found for one check.
 *
 * @param cpuMillis processor time it took
 * @param dearestMillis the most it used under one limit: all of it, unless it ran several checks
 * @param exploration how it was explored; null if it was not
 */
record LaneResult(
    Verdict verdict, long cpuMillis, long dearestMillis, @Nullable Exploration exploration) {

  /** What was found without exploring. */
  LaneResult(Verdict verdict, long cpuMillis) {
    this(verdict, cpuMillis, null);
  }

  /** Of a check that ran at most once. */
  LaneResult(Verdict verdict, long cpuMillis, @Nullable Exploration exploration) {
    this(verdict, cpuMillis, cpuMillis, exploration);
  }
}
