package org.katagrade.grader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.katagrade.grader.grade.CheckGrade;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.grade.Verdict;

final class ExitCodeTest {

  @Test
  void allThatWasRunAndPassedIsFull() {
    assertThat(ExitCode.of(grade(new Verdict.Passed(), 100), -1)).isEqualTo(0);
  }

  @Test
  void aHarnessFaultIsIncompleteHoweverFewPointsAreEnough() {
    Grade grade = grade(new Verdict.HarnessFault("no memory"), 0);
    assertThat(ExitCode.of(grade, -1)).isEqualTo(3);
    assertThat(ExitCode.of(grade, 0)).isEqualTo(3);
  }

  @Test
  void whatWasNotReachedIsBelow() {
    assertThat(ExitCode.of(grade(new Verdict.NotReached(List.of("other")), 0), -1)).isEqualTo(1);
  }

  @Test
  void enoughPointsAreCountedWhateverWasRun() {
    Grade notRun = grade(new Verdict.NotRun("left out by --quick"), 0);
    assertThat(ExitCode.of(notRun, 1)).isEqualTo(1);
    assertThat(ExitCode.of(notRun, 0)).isEqualTo(0);
  }

  private static Grade grade(Verdict verdict, int earned) {
    return new Grade(
        "kata-99",
        "Counter",
        ".",
        new Grade.Versions("1", "25", "0", 1, 1, List.of()),
        List.of(),
        false,
        List.of(
            new CheckGrade(
                "one", "one", "", 100, earned, false, "plain", 0, 0, verdict, null, null)),
        List.of(),
        "",
        new Grade.Timing(0, 0, 0, 0, 0, 0));
  }
}
