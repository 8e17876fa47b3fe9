package org.katagrade.grader.grade;

/**
 * One check's part of a grade.
 *
 * @param points what it is worth
 * @param earned what was won, 0 or all
 * @param bonus whether the points come on top
 * @param lane {@code rules}, {@code plain} or {@code model}
 * @param cpuMillis processor time it used
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
    Verdict verdict) {

  public boolean passed() {
    return verdict instanceof Verdict.Passed;
  }
}
