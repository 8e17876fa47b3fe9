package org.katagrade.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.katagrade.checks.evidence.Course;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.checks.evidence.History;
import org.katagrade.grader.kata.DeclaredCheck;
import org.katagrade.grader.kata.Kata;

/** Checks that are explored and model checked, by themselves and in the test course. */
final class TwoLanesTest {

  private static final String ID = "linearizable";
  private static final Exploration CLEAN = new Exploration(300, null);
  private static final Exploration FAILING =
      new Exploration(7, new Course(ID, "-", List.of("check"), List.of(), false));
  private static final Verdict WITNESSED =
      new Verdict.NotLinearizable(
          new History(List.of(), List.of(), List.of(), List.of(), List.of()));

  private final TwoLanes lanes = new TwoLanes();

  @TempDir Path folder;

  @Test
  void nothingIsSaidBeforeBothHaveSpoken() {
    assertThat(lanes.modelled(ID, modelled(new Verdict.Passed()))).isNull();
    assertThat(lanes.modelled("another", modelled(new Verdict.Passed()))).isNull();

    assertThat(lanes.explored(ID, explored(new Verdict.Passed(), CLEAN)))
        .isEqualTo(new LaneResult(new Verdict.Passed(), 30, 20, CLEAN));
  }

  @Test
  void aFailingScheduleNeedsNoSecondOpinion() {
    LaneResult found = explored(WITNESSED, FAILING);

    assertThat(lanes.explored(ID, found)).isEqualTo(found);
    assertThat(lanes.hasFailed(ID)).isTrue();
    assertThat(lanes.hasFailed("another")).isFalse();
    // One that was under way already has nothing to add.
    assertThat(lanes.modelled(ID, modelled(WITNESSED))).isNull();
  }

  @Test
  void whatNoScheduleShowsTheModelCheckerMayFind() {
    lanes.explored(ID, explored(new Verdict.Passed(), CLEAN));

    assertThat(lanes.hasFailed(ID)).isFalse();
    assertThat(lanes.modelled(ID, modelled(WITNESSED)))
        .isEqualTo(new LaneResult(WITNESSED, 30, 20, CLEAN));
  }

  @Test
  void whatExploringGivesUpOnIsLeftToTheModelChecker() {
    lanes.explored(ID, explored(new Verdict.HarnessFault("it does not repeat itself"), CLEAN));

    assertThat(lanes.modelled(ID, modelled(new Verdict.Passed())).verdict())
        .isInstanceOf(Verdict.Passed.class);
  }

  @Test
  void whatTheModelCheckerCouldNotRunIsNotPassed() {
    lanes.explored(ID, explored(new Verdict.Passed(), CLEAN));

    assertThat(lanes.modelled(ID, modelled(new Verdict.HarnessFault("it did not start"))).verdict())
        .isInstanceOf(Verdict.HarnessFault.class);
  }

  @Test
  void aCorrectSolutionPassesBothAndIsToldOfOnce() throws Exception {
    List<String> ended = new ArrayList<>();

    CheckGrade check = check(grade(twice(), "passes-all", ended));

    assertThat(check.verdict()).isInstanceOf(Verdict.Passed.class);
    assertThat(check.lane()).isEqualTo("model");
    assertThat(check.exploration().schedules()).isGreaterThan(100);
    assertThat(ended).containsOnlyOnce(ID);
  }

  @Test
  void aWrongOneComesWithAScheduleToReplay() throws Exception {
    CheckGrade check = check(grade(twice(), "not-linearizable", new ArrayList<>()));

    assertThat(check.verdict()).isInstanceOf(Verdict.NotLinearizable.class);
    assertThat(check.token()).isNotNull();
  }

  /** To weave into a class full of checks takes Lincheck as long as the rest of its work. */
  @Test
  void lincheckLeavesTheClassOfChecksAlone() throws Exception {
    Kata kata =
        TestCourse.copied(
            folder,
            checks ->
                checks.replace(
                    ".against(Sequential.class);",
                    """
                    .against(Sequential.class);
                    assertThat(%1$s.keySet())
                        .as("woven")
                        .contains("kata99.Solution", "kata99.TurnstileChecks$Operations")
                    ;
                    assertThat(
                            new String(
                                %1$s.get("kata99.TurnstileChecks"),
                                java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(String.join("/", "sun", "nio", "ch", "lincheck"));
                    """
                        .formatted(TestCourse.WOVEN)));

    CheckGrade check = check(grade(kata, "passes-all", new ArrayList<>()));

    assertThat(check.verdict()).isEqualTo(new Verdict.Passed());
  }

  private Kata twice() throws Exception {
    return TestCourse.copied(
        folder,
        checks ->
            checks
                .replace(
                    "  void linearizable()",
                    "  @org.katagrade.checks.Explored\n  void linearizable()")
                .replace(
                    "of(Operations.class)",
                    "of(Operations.class).concurrently(\"enter()\", \"enter()\")"));
  }

  private static Grade grade(Kata kata, String submission, List<String> ended) throws Exception {
    GradeListener listener =
        new GradeListener() {
          @Override
          public synchronized void ended(DeclaredCheck check, Verdict verdict) {
            ended.add(check.id());
          }
        };
    return TestCourse.grader()
        .grade(
            kata,
            TestCourse.cases().resolve(submission),
            new GradeOptions(false, ID, 2, 1, List.of(), false),
            listener);
  }

  private static CheckGrade check(Grade grade) {
    return grade.checks().stream().filter(check -> check.id().equals(ID)).findFirst().orElseThrow();
  }

  private static LaneResult explored(Verdict verdict, Exploration exploration) {
    return new LaneResult(verdict, 10, exploration);
  }

  private static LaneResult modelled(Verdict verdict) {
    return new LaneResult(verdict, 20);
  }
}
