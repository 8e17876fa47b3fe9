package org.katagrade.grader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.katagrade.grader.cli.ScratchCourse.Run;
import org.katagrade.grader.state.BestScore;
import org.katagrade.grader.state.Scores;

final class CommandsTest {

  private static final int NARROW = 40;

  @TempDir private Path folder;

  private ScratchCourse course;

  @BeforeEach
  void make() throws IOException {
    course = new ScratchCourse(folder);
  }

  @Test
  void listShowsPartsDifficultiesAndTitles() {
    Run run = course.run("list");
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("Part I — Shared state").contains("kata-99  2/5  Counter");
  }

  @Test
  void listShowsTheBestScoreAndWhen() throws IOException {
    new Scores(course.places().state())
        .record(
            course.root().resolve("katas").toRealPath(),
            "kata-99",
            new BestScore(85, 100, Instant.parse("2026-03-04T12:00:00Z")));
    assertThat(course.run("list").out()).contains("85 of 100 on 2026-03-04");
  }

  @Test
  void listKeepsToANarrowTerminal() throws IOException {
    new Scores(course.places().state())
        .record(
            course.root().resolve("katas").toRealPath(),
            "kata-99",
            new BestScore(85, 100, Instant.parse("2026-03-04T12:00:00Z")));
    assertThat(course.run(NARROW, "list").out())
        .isEqualTo(
            """
            Part I — Shared state
              kata-99  2/5  Counter
                            85 of 100 on 2026-03-04
            """);
  }

  @Test
  void listHasNoLineForAScoreThatIsNotThere() {
    assertThat(course.run(NARROW, "list").out())
        .isEqualTo(
            """
            Part I — Shared state
              kata-99  2/5  Counter
            """);
  }

  @Test
  void listWarnsOnceWhenScoresCannotBeRead() throws IOException {
    ScratchCourse.write(course.places().state().resolve("scores.json"), "nonsense");
    Run run = course.run("list");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Counter");
    assertThat(run.err().strip().lines()).hasSize(1);
  }

  @Test
  void listOfAnEmptyCourseSaysSo() throws IOException {
    Files.createDirectories(course.root().resolve("none"));
    assertThat(course.run("list", "--katas", "none").out()).contains("no kata");
  }

  @Test
  void whatIsCopiedFromAnotherCourseIsGradedWithIt() throws IOException {
    Run run = course.run("start", "99", "mine", "--katas", "katas");
    assertThat(run.out()).contains("grade kata-99 mine");
    Path parent = course.root().resolve("other/katas");
    ScratchCourse.write(parent.resolve("kata-98-one/README.md"), "# Kata 98 · One");
    ScratchCourse.write(parent.resolve("kata-98-one/pom.xml"), "<project><parent/></project>");
    Files.writeString(
        parent.resolve("kata-98-one/pom.xml"), "<project><parent></parent></project>");
    Run without = course.run("start", "98", "there", "--katas", "other/katas");
    assertThat(without.code()).isEqualTo(ExitCode.USAGE);
    assertThat(without.err()).contains("has a parent").contains("pom.xml");
    assertThat(course.root().resolve("there/README.md")).doesNotExist();
    ScratchCourse.write(parent.resolve("pom.xml"), "<project/>");
    Run there = course.run("start", "98", "there", "--katas", "other/katas");
    assertThat(there.out()).contains("grade kata-98 there --katas other/katas");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--katas=none list", "--json=x.json list", "kata-99 list", "--quick prove"})
  void wordsBeforeACommandAreNotLost(String words) {
    Run run = course.run(words.split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("the command comes first: 'grade");
  }

  @Test
  void aKataWithoutChecksOrReferenceSaysSo() throws IOException {
    Path kata = course.root().resolve("other/katas/kata-98-one");
    ScratchCourse.write(kata.resolve("README.md"), "# Kata 98 · One");
    ScratchCourse.write(
        kata.resolve("contract/kata98/One.java"), "package kata98; interface One {}");
    ScratchCourse.write(
        kata.resolve("src/kata98/Solution.java"), "package kata98; public class Solution {}");
    Run run = course.run("kata-98", "--katas", "other/katas");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("kata-98 has no checks yet");
    ScratchCourse.write(
        kata.resolve("hidden/kata98/OneChecks.java"), "package kata98; class OneChecks {}");
    assertThat(course.run("prove", "kata-98", "--katas", "other/katas").err())
        .contains("kata-98 has no reference solution");
    ScratchCourse.write(
        course.root().resolve("other/reference/kata-98-one/src/kata98/Solution.java"),
        "package kata98; public class Solution {}");
    assertThat(course.run("kata-98", "--katas", "other/katas").err())
        .contains("one class annotated with @Graded");
    Run handout = course.run("handout", "given", "--with-checks", "--katas", "other/none");
    assertThat(handout.code()).isEqualTo(ExitCode.USAGE);
    assertThat(course.root().resolve("given")).doesNotExist();
  }

  @Test
  void startCopiesWhatAStudentNeedsAndNothingElse() throws IOException {
    Run run = course.run("start", "99", "my work");
    Path copy = course.root().resolve("my work");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("\n  grade kata-99 \"my work\"\n");
    assertThat(SecretsTest.files(copy))
        .containsExactlyInAnyOrder(
            "README.md",
            "pom.xml",
            "contract/kata99/Counter.java",
            "src/kata99/Solution.java",
            "test/kata99/SampleTest.java");
    assertThat(copy.resolve("pom.xml"))
        .content()
        .contains("<artifactId>kata-99-counter</artifactId>")
        .doesNotContain("<packaging>")
        .doesNotContain("<parent>");
    assertThat(course.run("kata-99", "my work").out()).contains("0 of 100");
  }

  @Test
  void startOverwritesNothing() throws IOException {
    ScratchCourse.write(course.root().resolve("taken/mine.txt"), "mine");
    Run run = course.run("start", "99", "taken");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("nothing was written");
    assertThat(SecretsTest.files(course.root().resolve("taken"))).containsExactly("mine.txt");
    assertThat(course.run("start", "99", "grade").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void startBelowAFileIsUsage() {
    assertThat(course.run("start", "99", "grade/below").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void hintsComeOneByOne() {
    assertThat(course.run("hint", "99").out())
        .contains("Begin at one.")
        .contains("grade hint kata-99 2")
        .doesNotContain("Go on");
    assertThat(course.run("hint", "99", "2").out())
        .contains("Go on with two.")
        .doesNotContain("Begin")
        .doesNotContain("grade hint");
  }

  @Test
  void aHintKeepsToANarrowTerminal() throws IOException {
    Path readme = course.kata().resolve("README.md");
    ScratchCourse.write(
        readme,
        Files.readString(readme)
            .replace(
                "Begin at one.",
                """
                Begin at one, which comes before two, as
                everybody knows who has ever counted.

                - the first item of a list that is long, with
                  a second line
                - the second

                ```
                int next() { return 1; /* for a beginning */ }
                ```
                """));
    assertThat(course.run(NARROW, "hint", "99").out())
        .isEqualTo(
            """
            Begin at one, which comes before two, as
            everybody knows who has ever counted.

            - the first item of a list that is long,
              with a second line
            - the second

            ```
            int next() { return 1; /* for a beginning */ }
            ```

            More: grade hint kata-99 2
            """);
  }

  @Test
  void whatIsAllowedKeepsToANarrowTerminal() {
    String out = course.run(NARROW, "allowed", "99").out();
    assertThat(out.lines()).allMatch(line -> line.length() <= NARROW).hasSizeGreaterThan(5);
    assertThat(out).contains("grade allowed kata-99 --all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "3", "-1", "x"})
  void aHintThatIsNotThereIsUsage(String number) {
    Run run = course.run("hint", "99", number);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().strip().lines()).hasSize(1);
  }

  @Test
  void allowedSaysWhatIsForbiddenToo() {
    assertThat(course.run("allowed", "99").out())
        .contains("Everything but semaphores.")
        .contains("java.util.concurrent.Semaphore");
  }

  @Test
  void allowedListsAllOfIt() {
    assertThat(course.run("allowed", "99", "--all").out())
        .contains("clocks, arrays")
        .contains("java.lang.System: arraycopy, currentTimeMillis")
        .contains("java.util.Locale but for setDefault")
        .doesNotContain("LambdaMetafactory");
    assertThat(course.run("allowed", "99").out()).doesNotContain("arraycopy").contains("--all");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          grade kata-9               | kata-99
          grade wat                  | watch
          grade warm                 |
          grade --fail               | --fail-under
          grade kata-99 --qui        | --quick --quiet
          grade kata-99 --only go    | goesOn
          grade kata-99 --only ra    | race
          grade kata-99 --json go    |
          grade watch kata           | kata-99
          grade hint kata            | kata-99
          grade prove kata-99 kata   | kata-99
          grade kata-99 kata         |
          grade handout --with       | --with-checks
          grade prove --             | --help --jobs --katas --long --only --times
          """)
  void completionKnowsCommandsKatasOptionsAndChecks(String typed, @Nullable String completed)
      throws Exception {
    Path bash = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(bash), "there is no bash");
    Path script = Files.writeString(folder.resolve("c.sh"), course.run("completion").out());
    String words = "COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]}-1))".formatted(typed);
    Process shell =
        new ProcessBuilder(
                bash.toString(),
                "-c",
                "source '%s'; %s; _grade; echo \"${COMPREPLY[@]}\"".formatted(script, words))
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.strip()).isEqualTo(completed == null ? "" : completed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          /home/a/b-1_2.x  | /home/a/b-1_2.x
          /a b             | "/a b"
          /a'b             | "/a'b"
          /a&b             | "/a&b"
          /a$b             | '/a$b'
          /a 'q' $x        | '/a '\\''q'\\'' $x'
          """)
  void pathsArePrintedAsAShellTakesThem(String path, String typed) {
    assertThat(Elsewhere.quoted(Path.of(path))).isEqualTo(typed);
  }

  @Test
  void helpHasExamplesAndTheExitCodes() {
    Run run = course.run("--help");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Examples:").contains("Exit codes:").doesNotContain("warm-up");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"list", "start", "hint", "watch", "allowed", "race", "handout", "completion"})
  void everyCommandHasHelp(String command) {
    Run run = course.run(command, "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Usage: grade " + command);
  }

  @Test
  void versionNamesGraderAndJava() {
    assertThat(course.run("--version").out()).contains("katagrade").contains("Java 25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "hint", "watch", "allowed", "handout"})
  void aCommandThatLacksAWordIsUsage(String command) {
    Run run = course.run(command);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("grade: missing required parameter");
    assertThat(run.err().strip().lines()).hasSize(1);
  }
}
