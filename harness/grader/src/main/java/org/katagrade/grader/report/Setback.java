package org.katagrade.grader.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Failure;
import org.katagrade.grader.grade.CheckGrade;
import org.katagrade.grader.grade.Verdict;

/**
 * One thing to mend: the checks that failed of the same cause at the same line, of which the first
 * explains it for all.
 *
 * @param checks one or more, in order
 */
record Setback(List<CheckGrade> checks) {

  Setback {
    checks = List.copyOf(checks);
    if (checks.isEmpty()) {
      throw new IllegalArgumentException("no check failed");
    }
  }

  /** What there is to mend, in the order of the checks. */
  static List<Setback> of(List<CheckGrade> checks) {
    Map<Object, List<CheckGrade>> byCause = new LinkedHashMap<>();
    for (CheckGrade check : checks) {
      if (isExplained(check.verdict())) {
        Object cause = cause(check.verdict());
        byCause
            .computeIfAbsent(cause == null ? check.id() : cause, any -> new ArrayList<>())
            .add(check);
      }
    }
    return byCause.values().stream().map(Setback::new).toList();
  }

  private static boolean isExplained(Verdict verdict) {
    return switch (VerdictWord.of(verdict).sort()) {
      case KEPT, OPEN -> false;
      case BROKEN, UNKNOWN -> true;
    };
  }

  /** What explains the verdict whatever was checked, or null if only the check's own words do. */
  private static @Nullable Object cause(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Wrong(Failure failure) ->
          failure.assertion() || failure.student().isEmpty() ? null : place(verdict, failure);
      case Verdict.Died(String cause, Failure failure) ->
          failure == null ? List.of("died", cause) : place(verdict, failure);
      case Verdict.HarnessFault fault -> fault;
      case Verdict.Passed passed -> null;
      case Verdict.NotLinearizable history -> null;
      case Verdict.DataRace races -> null;
      case Verdict.Deadlock deadlock -> null;
      case Verdict.LostWakeup lost -> null;
      case Verdict.Livelock livelock -> null;
      case Verdict.Overran overran -> null;
      case Verdict.LeftBehind left -> null;
      case Verdict.RuleBroken broken -> null;
      case Verdict.NotReached needs -> null;
      case Verdict.NotRun reason -> null;
    };
  }

  /** What was thrown and where; not by way of what, since each check calls in its own way. */
  private static Object place(Verdict verdict, Failure failure) {
    return List.of(
        verdict.name(),
        failure.type(),
        failure.message(),
        failure.student().stream().limit(1).toList());
  }

  CheckGrade first() {
    return checks.getFirst();
  }

  /** The checks that the explanation of the first one serves as well. */
  List<CheckGrade> others() {
    return checks.subList(1, checks.size());
  }

  /** Whether this is a rule that costs points: its line is what is to be mended, and is short. */
  boolean isBrokenRule() {
    return first().verdict() instanceof Verdict.RuleBroken;
  }
}
