package org.katagrade.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.katagrade.agent.explore.Token;
import org.katagrade.checks.evidence.Course;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.UsageException;
import org.katagrade.grader.report.Marks;
import org.katagrade.grader.report.ReplayReport;
import org.katagrade.grader.report.Style;

/** The test course with two of its checks explored. */
final class ExploredChecksTest {

  private static final String WAKES = "wakesEverybody";
  private static final String DEADLOCKS = "neverDeadlocks";

  @TempDir Path folder;

  private Kata kata;

  @BeforeEach
  void makeCourse() throws IOException {
    kata =
        TestCourse.copied(
            folder,
            checks ->
                checks
                    .replace("import org.katagrade.checks.Graded;", IMPORTS)
                    .replace("@Graded(", ALLOWING)
                    .replace("  void wakesEverybody()", "  @Explored\n  void wakesEverybody()")
                    .replace("  void neverDeadlocks()", "  @Explored\n  void neverDeadlocks()"));
  }

  private static final String IMPORTS =
      "import org.katagrade.checks.Explored;\nimport org.katagrade.checks.Graded;";

  /** A process is what no explorer steers. */
  private static final String ALLOWING =
      "@Graded(allowed = {\"java.lang.Process\", \"java.lang.ProcessBuilder\"}, ";

  @Test
  void aCorrectSolutionIsRunUnderManySchedules() throws Exception {
    Grade grade = grade("passes-all", false);

    for (String id : List.of(WAKES, DEADLOCKS)) {
      CheckGrade check = check(grade, id);
      assertThat(check.verdict()).isInstanceOf(Verdict.Passed.class);
      assertThat(check.lane()).isEqualTo("agent");
      assertThat(check.token()).isNull();
      assertThat(check.exploration()).isNotNull();
      assertThat(check.exploration().schedules()).isGreaterThan(100);
    }
    assertThat(grade.score()).isEqualTo(grade.most() + 7);
  }

  @Test
  void aQuickGradeExploresNothing() throws Exception {
    CheckGrade check = check(grade("passes-all", true), WAKES);

    assertThat(check.verdict()).isInstanceOf(Verdict.Passed.class);
    assertThat(check.lane()).isEqualTo("plain");
    assertThat(check.exploration()).isNull();
  }

  @Test
  void aDeadlockComesWithTheRunItHappenedIn() throws Exception {
    CheckGrade check = check(grade("deadlocks", false), DEADLOCKS);

    assertThat(check.verdict()).isInstanceOf(Verdict.Deadlock.class);
    Verdict.Deadlock deadlock = (Verdict.Deadlock) check.verdict();
    assertThat(deadlock.standstill().cycle())
        .extracting(ThreadSnapshot::name)
        .containsExactlyInAnyOrder("crowd-1-1", "crowd-1-2");
    assertThat(deadlock.standstill().threads()).as("the check's own thread only waits").hasSize(2);
    Course course = check.exploration().failing();
    assertThat(course.threads()).startsWith("check");
    assertThat(course.steps()).anyMatch(step -> step.text().startsWith("takes "));
  }

  @Test
  void aLockThatNobodyIsLeftToReleaseIsADeadlock() throws Exception {
    CheckGrade check = check(grade("never-unlocks", false), DEADLOCKS);

    assertThat(check.verdict()).isInstanceOf(Verdict.Deadlock.class);
    assertThat(((Verdict.Deadlock) check.verdict()).standstill().ended()).isNotEmpty();
  }

  @Test
  void aReplayTellsTheSameRun() throws Exception {
    CheckGrade found = check(grade("deadlocks", false), DEADLOCKS);
    Token token = Token.parse(found.token());
    Path submission = TestCourse.cases().resolve("deadlocks");

    Grade again = TestCourse.grader().replay(kata, submission, token);

    CheckGrade replayed = check(again, DEADLOCKS);
    assertThat(replayed.verdict()).isEqualTo(found.verdict());
    assertThat(replayed.exploration()).isEqualTo(new Exploration(1, found.exploration().failing()));
    assertThat(told(token, again))
        .contains("potential deadlock detected", "takes Object#1")
        .doesNotContain("was made for");
  }

  @Test
  void aReplayOfAnotherProgramSaysSo() throws Exception {
    Token token = Token.parse(check(grade("deadlocks", false), DEADLOCKS).token());
    Path other = TestCourse.cases().resolve("passes-all");

    Grade again = TestCourse.grader().replay(kata, other, token);

    assertThat(check(again, DEADLOCKS).verdict()).isInstanceOf(Verdict.Passed.class);
    assertThat(told(token, again)).contains("was made for", "the promise is kept");
  }

  @Test
  void whoEndsTheProgramDied() throws Exception {
    CheckGrade check = check(grade("exits-zero", false), DEADLOCKS);

    assertThat(check.verdict()).isInstanceOf(Verdict.Died.class);
  }

  @Test
  void whatCannotBeExploredRunsWithRealThreads() throws Exception {
    Path outside = folder.resolve("outside");
    TestCourse.copy(TestCourse.cases().resolve("passes-all"), outside);
    Path source = outside.resolve("kata99/Solution.java");
    String text = Files.readString(source);
    String waits =
        text.replace(
            "  public void service() {\n",
            """
              public void service() {
                try {
                  new ProcessBuilder("true").start().waitFor();
                } catch (java.io.IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
            """);
    assertThat(waits).isNotEqualTo(text);
    Files.writeString(source, waits);

    CheckGrade check =
        check(
            TestCourse.grader().grade(kata, outside, GradeOptions.usual(), new GradeListener() {}),
            DEADLOCKS);

    assertThat(check.verdict()).isInstanceOf(Verdict.Passed.class);
    assertThat(check.lane()).isEqualTo("plain");
    assertThat(check.exploration()).isNull();
  }

  @Test
  void onlyWhatIsExploredCanBeReplayed() {
    Token token = Token.parse("kata-99.counts.1.0.3~a1b2");

    assertThatThrownBy(
            () -> TestCourse.grader().replay(kata, TestCourse.cases().resolve("passes-all"), token))
        .isInstanceOf(UsageException.class)
        .hasMessage("kata-99 has no check 'counts' that is explored");
  }

  @Test
  void classesAreLoadedOnceUnlessTheyCouldKeepSomething() throws Exception {
    kata =
        TestCourse.copied(
            folder.resolve("loaders"),
            checks ->
                checks
                    .replace("import org.katagrade.checks.Graded;", IMPORTS)
                    .replace("@Graded(", ALLOWING)
                    .replace(
                        "  void wakesEverybody() throws Exception {",
                        "  @Explored\n  void wakesEverybody() throws Exception {\n" + REMEMBER)
                    .replace(
                        "  void neverDeadlocks() throws Exception {",
                        "  @Explored\n  void neverDeadlocks() throws Exception {\n" + COMPARE));
    Path counting = folder.resolve("counting");
    TestCourse.copy(TestCourse.cases().resolve("passes-all"), counting);
    Path solution = counting.resolve("kata99/Solution.java");
    Files.writeString(
        solution,
        Files.readString(solution)
            .replace(
                "  public Solution() {}", "  private static int made;\n  public Solution() {}"));

    assertThat(check(grade("passes-all", false), DEADLOCKS).verdict())
        .isInstanceOf(Verdict.Passed.class);
    assertThat(
            check(
                    TestCourse.grader()
                        .grade(kata, counting, GradeOptions.usual(), new GradeListener() {}),
                    DEADLOCKS)
                .verdict())
        .isInstanceOf(Verdict.Wrong.class);
  }

  private static final String REMEMBER = "    remembers = true;\n";
  private static final String COMPARE =
      "    assertThat(remembers).as(\"remembers\").isTrue();\n  }\n\n"
          + "  private static boolean remembers;\n\n  void neverMind() throws Exception {\n";

  private Grade grade(String submission, boolean quick) throws Exception {
    GradeOptions usual = GradeOptions.usual();
    GradeOptions options =
        new GradeOptions(quick, null, usual.jobs(), usual.seed(), List.of(), false);
    return TestCourse.grader()
        .grade(kata, TestCourse.cases().resolve(submission), options, new GradeListener() {});
  }

  private static CheckGrade check(Grade grade, String id) {
    return grade.checks().stream().filter(check -> check.id().equals(id)).findFirst().orElseThrow();
  }

  private static String told(Token token, Grade grade) {
    StringWriter text = new StringWriter();
    new ReplayReport(new Style(false, 100, true, false), Marks.UNICODE)
        .write(token, grade, "", new PrintWriter(text));
    return text.toString();
  }
}
