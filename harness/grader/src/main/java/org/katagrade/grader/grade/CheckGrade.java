package org.katagrade.grader.grade;

import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Exploration;

/**
 * One check's part of a grade.
 *
 * @param points what it is worth
 * @param earned what was won, 0 or all
 * @param bonus whether the points come on top
 * @param lane {@code rules}, {@code plain}, {@code agent} or {@code model}
 * @param cpuMillis processor time it used
 * @param dearestMillis the most it used under one limit: all of it, unless it ran other checks
 * @param token names the run it failed in, for {@code grade replay}; null if that cannot be had
 *     again
 * @param exploration how it was explored; null if it was not
 */
public record CheckGrade(
    String id,
    String title,
    String hint,
    int points,
    int earned,
    boolean bonus,
    String lane,
    long cpuMillis,
    long dearestMillis,
    Verdict verdict,
    @Nullable String token,
    @Nullable Exploration exploration) {

  public boolean passed() {
    return verdict instanceof Verdict.Passed;
  }
}
