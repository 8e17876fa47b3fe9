package org.katagrade.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.katagrade.grader.kata.Kata;

/** Who has not begun is told so at once, by what real threads show; but not if anything passes. */
final class StubGradingTest {

  @TempDir private Path folder;

  @Test
  void slowLanesAreNotReached() throws Exception {
    Grade grade = stubOf(TestCourse.turnstile());

    assertThat(grade.isUntouched()).isTrue();
    assertThat(grade.isIncomplete()).isFalse();
    assertThat(grade.timing().model()).isZero();
    assertThat(TestCourse.failed(grade))
        .hasSize(grade.checks().size())
        .containsEntry("counts", "Wrong")
        .containsEntry("linearizable", "NotReached")
        .containsEntry("rules", "NotReached")
        .doesNotContainValue("NotRun");
  }

  @Test
  void whatPassesAStubHasTheRestRunToo() throws Exception {
    Kata kata =
        TestCourse.copied(
            folder,
            checks ->
                checks
                    .replace(
                        "new CountDownLatch(1);\n", "new CountDownLatch(0);\nif (1 < 2) return;\n")
                    .replace("no thread is left behind\", needs = \"counts\"", "no thread\""));

    Grade grade = stubOf(kata);

    assertThat(grade.isUntouched()).isFalse();
    assertThat(grade.timing().model()).isPositive();
    Map<String, String> failed = TestCourse.failed(grade);
    assertThat(failed).doesNotContainKeys("leavesNothing", "rules");
    assertThat(failed).containsEntry("linearizable", "NotLinearizable");
  }

  private static Grade stubOf(Kata kata) throws Exception {
    return TestCourse.grader()
        .grade(kata, kata.folder(), GradeOptions.usual(), new GradeListener() {});
  }
}
