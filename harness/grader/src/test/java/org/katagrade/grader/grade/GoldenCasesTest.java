package org.katagrade.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.katagrade.grader.compile.Problem;
import org.katagrade.grader.report.JsonSchemas;

/**
 * Grades every folder of {@code cases} and compares with its {@code expected.txt}: a line {@code
 * score N} and a line for each check that does not pass, or {@code rejected} with a part of the
 * first problem.
 */
final class GoldenCasesTest {

  private static final int FEWEST_CASES = 25;

  @TestFactory
  Stream<DynamicTest> everyCase() throws IOException {
    try (Stream<Path> cases = Files.list(TestCourse.cases())) {
      return cases.filter(Files::isDirectory).sorted().toList().stream()
          .map(each -> DynamicTest.dynamicTest(each.getFileName().toString(), () -> grade(each)));
    }
  }

  @Test
  void thereAreCases() throws IOException {
    try (Stream<Path> cases = Files.list(TestCourse.cases())) {
      assertThat(cases).hasSizeGreaterThanOrEqualTo(FEWEST_CASES);
    }
  }

  private static void grade(Path folder) throws Exception {
    String expected = Files.readString(folder.resolve("expected.txt")).strip();
    Grade grade =
        TestCourse.grader()
            .grade(TestCourse.turnstile(), folder, GradeOptions.usual(), new GradeListener() {});
    assertThat(JsonSchemas.complaints(grade)).isEmpty();
    if (expected.startsWith("rejected ")) {
      assertThat(grade.rejected()).as("%s", grade.checks()).isNotEmpty();
      assertThat(text(grade.rejected().getFirst())).contains(expected.split(" ", 3)[1]);
      assertThat(grade.score()).isZero();
      return;
    }
    assertThat(grade.rejected()).isEmpty();
    Map<String, String> failed = TestCourse.failed(grade);
    Map<String, String> wanted = new TreeMap<>();
    expected.lines().skip(1).map(line -> line.split(" ")).forEach(w -> wanted.put(w[0], w[1]));
    wanted.replaceAll((check, verdict) -> verdict.equals("*") ? failed.get(check) : verdict);
    assertThat(failed).as("%s", grade.checks()).isEqualTo(wanted);
    assertThat("score " + grade.score()).isEqualTo(expected.lines().findFirst().orElseThrow());
  }

  private static String text(Problem problem) {
    return problem.path() + ":" + problem.line() + " " + problem.message();
  }
}
