package org.katagrade.grader.grade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Schedule;
import org.katagrade.agent.explore.Token;
import org.katagrade.checks.evidence.Course;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.grader.compile.CompiledKata;
import org.katagrade.grader.compile.Problem;
import org.katagrade.grader.kata.DeclaredCheck;
import org.katagrade.grader.kata.DeclaredChecks;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.Submission;
import org.katagrade.grader.rules.Breach;
import org.katagrade.grader.sandbox.Level;

/** The exam paper of one submission: turns verdicts into points. */
final class Paper {

  private final Kata kata;
  private final Submission submission;
  private final DeclaredChecks declared;
  private final GradeOptions options;
  private final Grade.Versions versions;

  Paper(
      Kata kata,
      Submission submission,
      CompiledKata compiled,
      DeclaredChecks declared,
      GradeOptions options,
      String version,
      Level sandbox) {
    this.kata = kata;
    this.submission = submission;
    this.declared = declared;
    this.options = options;
    this.versions =
        new Grade.Versions(
            version,
            Runtime.version().toString(),
            compiled.hash(),
            sandbox.number(),
            options.seed(),
            options.libraries().stream().map(jar -> jar.getFileName().toString()).toList());
  }

  Grade rejected(List<Problem> problems, Grade.Timing timing) {
    return grade(problems, false, List.of(), List.of(), "", timing);
  }

  Grade graded(
      boolean stub,
      String fingerprint,
      Map<String, LaneResult> results,
      List<Breach> breaches,
      String printed,
      Grade.Timing timing) {
    List<CheckGrade> checks = new ArrayList<>();
    for (DeclaredCheck check : declared.checks()) {
      LaneResult result =
          results.getOrDefault(check.id(), new LaneResult(new Verdict.NotRun(whyNotRun(check)), 0));
      Verdict verdict = withNeeds(check, result.verdict(), results);
      int earned = verdict instanceof Verdict.Passed ? check.points() : 0;
      checks.add(
          new CheckGrade(
              check.id(),
              check.title(),
              check.hint(),
              check.points(),
              earned,
              check.bonus(),
              lane(check, result),
              result.cpuMillis(),
              result.dearestMillis(),
              verdict,
              token(result, fingerprint),
              result.exploration()));
    }
    if (declared.race() > 0) {
      checks.add(race(results, fingerprint));
    }
    if (declared.rules() > 0) {
      checks.add(rules(breaches, checks));
    }
    List<Breach> advice = breaches.stream().filter(breach -> !breach.costsPoints()).toList();
    return grade(List.of(), stub, checks, advice, printed, timing);
  }

  private @Nullable String token(LaneResult result, String fingerprint) {
    Exploration exploration = result.exploration();
    Course failing = exploration == null ? null : exploration.failing();
    return failing == null
        ? null
        : new Token(
                kata.id(),
                failing.check(),
                options.seed(),
                Schedule.parse(failing.schedule()),
                fingerprint)
            .text();
  }

  private static String lane(DeclaredCheck check, LaneResult result) {
    if (check.model()) {
      return "model";
    }
    return result.exploration() == null ? "plain" : "agent";
  }

  /** A check of another lane than what it needs may have run before that was known. */
  private Verdict withNeeds(DeclaredCheck check, Verdict verdict, Map<String, LaneResult> results) {
    if (options.everything() || !(verdict instanceof Verdict.Passed)) {
      return verdict;
    }
    List<String> missing =
        check.needs().stream()
            .filter(
                need ->
                    results.get(need) instanceof LaneResult found && found.verdict().isFailure())
            .toList();
    return missing.isEmpty() ? verdict : new Verdict.NotReached(missing);
  }

  private CheckGrade race(Map<String, LaneResult> results, String fingerprint) {
    DeclaredCheck race = DeclaredCheck.race(declared.race());
    LaneResult result =
        results.getOrDefault(race.id(), new LaneResult(new Verdict.NotRun(whyNotRun(race)), 0));
    return new CheckGrade(
        race.id(),
        race.title(),
        race.hint(),
        race.points(),
        result.verdict() instanceof Verdict.Passed ? race.points() : 0,
        false,
        "agent",
        result.cpuMillis(),
        result.dearestMillis(),
        result.verdict(),
        token(result, fingerprint),
        result.exploration());
  }

  private CheckGrade rules(List<Breach> breaches, List<CheckGrade> behaviour) {
    List<Breach> costly = breaches.stream().filter(Breach::costsPoints).toList();
    boolean doesSomething = behaviour.stream().anyMatch(CheckGrade::passed);
    Verdict verdict;
    if (!costly.isEmpty()) {
      verdict = new Verdict.RuleBroken(costly);
    } else if (doesSomething) {
      verdict = new Verdict.Passed();
    } else if (options.only() == null || DeclaredCheck.RULES.equals(options.only())) {
      verdict = Verdict.NotReached.BY_ANY;
    } else {
      verdict = new Verdict.NotRun(onlyOthers());
    }
    return new CheckGrade(
        "rules",
        DeclaredCheck.RULES_TITLE,
        "",
        declared.rules(),
        verdict instanceof Verdict.Passed ? declared.rules() : 0,
        false,
        "rules",
        0,
        0,
        verdict,
        null,
        null);
  }

  private String whyNotRun(DeclaredCheck check) {
    if (options.only() != null) {
      return onlyOthers();
    }
    boolean slow = check.model() || check.id().equals(DeclaredCheck.RACE);
    return options.quick() && slow ? "left out by --quick" : "it was not reached";
  }

  private String onlyOthers() {
    return "only " + options.only() + " was asked for";
  }

  private Grade grade(
      List<Problem> problems,
      boolean stub,
      List<CheckGrade> checks,
      List<Breach> advice,
      String printed,
      Grade.Timing timing) {
    return new Grade(
        kata.id(),
        kata.title(),
        submission.folder().toString(),
        versions,
        problems,
        stub,
        checks,
        advice,
        printed,
        timing);
  }
}
