package org.katagrade.grader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.katagrade.grader.cli.ScratchCourse.Run;

/** {@code grade race}: its words in-process, what it runs in processes of their own. */
final class RaceCommandTest {

  /** Far more than any of it takes; nothing is said about how long it takes. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String RACY =
      """
      public class Main {
        static int value;

        public static void main(String[] args) throws Exception {
          Thread writer = new Thread(() -> value = 1, "writer");
          writer.start();
          int seen = value;
          writer.join();
          System.out.println(String.join("|", args) + " " + (seen <= 1));
        }
      }
      """;

  @TempDir private Path folder;

  private ScratchCourse course;

  @BeforeEach
  void make() throws IOException {
    course = new ScratchCourse(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"race", "race --", "race --noise 20 --"})
  void nothingToRunIsUsage(String words) {
    Run run = course.run(words.split(" "));

    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().strip())
        .isEqualTo(
            "grade: which program? As for java, after two dashes: grade race -- -cp classes Main");
  }

  @ParameterizedTest
  @CsvSource({
    "--noise often, invalid value for option '--noise'",
    "--noise -1, --noise is 0 or more",
    "--exit 256, an exit code is 0 to 255",
    "--seed x, invalid value for option '--seed'",
    "--loud x, unknown option",
    "'--report a,b', the agent cannot read a path with a comma",
  })
  void anOptionThatCannotBeIsUsage(String words, String complaint) {
    Run run = course.run(("race " + words + " -- Main.java").split(" "));

    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("grade: " + complaint);
    assertThat(run.err().strip().lines()).hasSize(1);
  }

  @Test
  void theHelpHasExamples() {
    assertThat(course.run("race", "--help").out())
        .contains("grade race -- -cp target/classes acme.Main")
        .contains("or 66 if there were races");
  }

  @Test
  void aRaceIsToldOfAndIsTheExitCode() throws Exception {
    ScratchCourse.write(course.root().resolve("Main.java"), RACY);

    Run run = GraderProcess.in(course).run("race", "--", "Main.java", "--exit", "a b", "@c", "--");

    assertThat(run.code()).isEqualTo(66);
    assertThat(run.out().strip()).isEqualTo("--exit|a b|@c|-- true");
    assertThat(run.err())
        .startsWith("==================\nWARNING: DATA RACE")
        .contains("of Main.value by thread 'writer'\n    at Main.lambda$main$0(Main.java:5)")
        .endsWith("Found 1 data race\n");
  }

  @Test
  void optionsReachTheDetector() throws Exception {
    ScratchCourse.write(course.root().resolve("Main.java"), RACY);

    Run run =
        GraderProcess.in(course)
            .run(
                "race",
                "--packages=Main,acme",
                "--noise=2",
                "--seed=7",
                "--exit=0",
                "--report=races.txt",
                "--verbose",
                "--",
                "Main.java");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(course.root().resolve("races.txt")).content().contains("Found 1 data race");
  }

  @Test
  void otherPackagesAreLeftInPeace() throws Exception {
    ScratchCourse.write(course.root().resolve("Main.java"), RACY);

    Run run = GraderProcess.in(course).run("race", "--packages", "acme:mine", "--", "Main.java");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aProgramWithoutRacesIsAsWithoutTheDetector() throws Exception {
    ScratchCourse.write(
        course.root().resolve("Echo.java"),
        """
        public class Echo {
          public static void main(String[] args) throws Exception {
            System.in.transferTo(System.out);
            System.err.println("to err");
            System.exit(7);
          }
        }
        """);
    Path out = course.root().resolve("out");
    Path err = course.root().resolve("err");

    Process running =
        GraderProcess.in(course)
            .command("race", "--", "Echo.java")
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try (OutputStream in = running.getOutputStream()) {
      in.write("in and out".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(running.waitFor()).isEqualTo(7);
    assertThat(out).content().isEqualTo("in and out");
    assertThat(err).content().isEqualTo("to err\n");
  }

  @Test
  void whatJavaRefusesIsJavasToSay() throws Exception {
    Run run = GraderProcess.in(course).run("race", "--", "-cp", "nowhere", "None");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("Could not find or load main class None");
  }

  @Test
  void whoeverEndsTheGraderEndsTheProgram() throws Exception {
    assumeFalse(
        System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows"),
        "there are no signals");
    ScratchCourse.write(
        course.root().resolve("Stays.java"),
        """
        import java.nio.file.*;

        public class Stays {
          public static void main(String[] args) throws Exception {
            Path part = Files.writeString(Path.of("part"), "" + ProcessHandle.current().pid());
            Files.move(part, Path.of("arrived"));
            Thread.currentThread().join();
          }
        }
        """);
    Path arrived = course.root().resolve("arrived");
    Process running =
        GraderProcess.in(course)
            .command("race", "--", "Stays.java")
            .redirectErrorStream(true)
            .redirectOutput(course.root().resolve("out").toFile())
            .start();
    try {
      await("the program").atMost(LIMIT).until(() -> Files.exists(arrived) || !running.isAlive());
      List<ProcessHandle> program = running.children().toList();
      assertThat(program)
          .extracting(ProcessHandle::pid)
          .containsExactly(Long.valueOf(Files.readString(arrived)));

      running.destroy();

      assertThat(running.waitFor()).isEqualTo(143);
      await("the program's end").atMost(LIMIT).until(() -> !program.getFirst().isAlive());
    } finally {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
    }
  }
}
