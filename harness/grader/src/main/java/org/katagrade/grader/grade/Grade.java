package org.katagrade.grader.grade;

import java.util.List;
import org.katagrade.grader.compile.Problem;
import org.katagrade.grader.rules.Breach;

/**
 * The result of grading one submission once.
 *
 * @param kata the kata's id
 * @param title the kata's title
 * @param submission the folder that was graded
 * @param versions what graded it
 * @param rejected why it was not run at all; empty if it was
 * @param stub whether all its methods do is to say that they are not implemented
 * @param checks every declared check, in order, the class-level ones last; empty if rejected
 * @param advice broken rules that cost nothing
 * @param printed what the submission printed, bounded
 * @param timing where the time went
 */
public record Grade(
    String kata,
    String title,
    String submission,
    Versions versions,
    List<Problem> rejected,
    boolean stub,
    List<CheckGrade> checks,
    List<Breach> advice,
    String printed,
    Timing timing) {

  public Grade {
    rejected = List.copyOf(rejected);
    checks = List.copyOf(checks);
    advice = List.copyOf(advice);
  }

  /**
   * What makes two grades comparable.
   *
   * @param hash of the kata's contract, hidden checks and reference
   * @param sandbox number of the {@link org.katagrade.grader.sandbox.Level} it ran at
   * @param libraries jars that were allowed for this run
   */
  public record Versions(
      String harness, String jdk, String hash, int sandbox, long seed, List<String> libraries) {
    public Versions {
      libraries = List.copyOf(libraries);
    }
  }

  /** Wall time in milliseconds of each stage, for finding what to improve. */
  public record Timing(long compile, long rules, long plain, long agent, long model, long total) {}

  /** Points won, bonus included. */
  public int score() {
    return checks.stream().mapToInt(CheckGrade::earned).sum();
  }

  /** Points of checks that are no bonus. */
  public int most() {
    return checks.isEmpty()
        ? 100
        : checks.stream().filter(check -> !check.bonus()).mapToInt(CheckGrade::points).sum();
  }

  /** Points of checks that were not run in this run or could not be, bonus aside. */
  public int open() {
    return checks.stream()
        .filter(check -> !check.bonus() && !check.verdict().counts())
        .mapToInt(CheckGrade::points)
        .sum();
  }

  public boolean isRejected() {
    return !rejected.isEmpty();
  }

  /** Whether something of ours failed, so that the grade says less than it should. */
  public boolean isIncomplete() {
    return checks.stream().anyMatch(check -> check.verdict() instanceof Verdict.HarnessFault);
  }

  /** Whether every check that was run and is no bonus passed. */
  public boolean isFull() {
    return !isRejected() && !isIncomplete() && score() >= most() - open() && anyPassed();
  }

  /** Whether every check was run that there is, or would have been if others had passed. */
  public boolean isWhole() {
    return checks.stream().noneMatch(check -> check.verdict() instanceof Verdict.NotRun);
  }

  private boolean anyPassed() {
    return checks.stream().anyMatch(CheckGrade::passed);
  }

  /** Whether nothing is implemented yet. */
  public boolean isUntouched() {
    return stub && score() == 0;
  }
}
