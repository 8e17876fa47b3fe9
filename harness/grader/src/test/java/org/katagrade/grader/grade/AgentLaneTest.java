package org.katagrade.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.katagrade.grader.kata.DeclaredCheck;
import org.katagrade.grader.kata.Kata;

/** The agent lane, on the test course with points for freedom from races. */
final class AgentLaneTest {

  @TempDir Path folder;

  @Test
  void findsARaceWhateverElseIsRight() throws Exception {
    Path racy = folder.resolve("racy");
    TestCourse.copy(TestCourse.cases().resolve("passes-all"), racy);
    Path source = racy.resolve("kata99/Solution.java");
    String text = Files.readString(source);
    String broken =
        text.replace(
            "public synchronized void open() {\n    open = true;\n    notifyAll();",
            "public void open() {\n    open = true;\n    synchronized (this) { notifyAll(); }");
    assertThat(broken).isNotEqualTo(text);
    Files.writeString(source, broken);

    CheckGrade race = race(grade(racy));

    assertThat(race.verdict()).isInstanceOf(Verdict.DataRace.class);
    assertThat(race.earned()).isZero();
    assertThat(race.lane()).isEqualTo("agent");
    Verdict.DataRace found = (Verdict.DataRace) race.verdict();
    assertThat(found.races().getFirst().variable()).isEqualTo("Solution.open");
    assertThat(found.races().getFirst().current().frames().getFirst().type())
        .isEqualTo("kata99.Solution");
  }

  @Test
  void isSilentAboutACorrectSolution() throws Exception {
    Grade grade = grade(TestCourse.cases().resolve("passes-all"));

    assertThat(race(grade).verdict()).isInstanceOf(Verdict.Passed.class);
    assertThat(race(grade).earned()).isEqualTo(10);
    assertThat(race(grade).dearestMillis())
        .as("processor time of the dearest of several checks")
        .isPositive()
        .isLessThan(race(grade).cpuMillis());
  }

  /** The list of what may be named is widened for it; on a real one it would not be run. */
  @Test
  void doesNotBelieveASubmissionThatHearsOfRacesInItsPlace() throws Exception {
    Path deaf = folder.resolve("deaf");
    TestCourse.copy(TestCourse.cases().resolve("passes-all"), deaf);
    Path source = deaf.resolve("kata99/Solution.java");
    String text = Files.readString(source);
    String hears =
        """
        public synchronized int enter() {
            try {
              java.util.function.Consumer<Object> nobody = race -> {};
              Class.forName("org.katagrade.agent.race.Races")
                  .getMethod("listen", java.util.function.Consumer.class)
                  .invoke(null, nobody);
            } catch (ReflectiveOperationException e) {
              // nobody looks for races here
            }
        """;
    Files.writeString(source, text.replace("public synchronized int enter() {\n", hears));

    Grade grade =
        grade(
            deaf,
            "race = 10, allowed = {\"java.lang.Class#forName\", \"java.lang.Class#getMethod\","
                + " \"java.lang.reflect.*\"}, ");

    assertThat(race(grade).verdict())
        .isEqualTo(
            new Verdict.Died(
                "results were tampered with: a solution that is known to be wrong was called right"
                    + " beside it",
                null));
    assertThat(race(grade).earned()).isZero();
  }

  private Grade grade(Path submission) throws Exception {
    return grade(submission, "race = 10, ");
  }

  private Grade grade(Path submission, String graded) throws Exception {
    Kata kata =
        TestCourse.copied(folder, checks -> checks.replace("@Graded(", "@Graded(" + graded));
    return TestCourse.grader()
        .grade(kata, submission, GradeOptions.usual(), new GradeListener() {});
  }

  private static CheckGrade race(Grade grade) {
    return grade.checks().stream()
        .filter(check -> check.id().equals(DeclaredCheck.RACE))
        .findFirst()
        .orElseThrow();
  }
}
