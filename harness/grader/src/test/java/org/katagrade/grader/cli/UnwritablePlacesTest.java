package org.katagrade.grader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.katagrade.grader.cli.ScratchCourse.Run;
import org.katagrade.grader.state.BestScore;
import org.katagrade.grader.state.Scores;

/** What cannot be written down must still be said, and must not spoil what was written before. */
final class UnwritablePlacesTest {

  /** Files can be made and not be filled, as on a full disk; or up to some kilobytes only. */
  private static final String NO_ROOM = "ulimit -f 0";

  private static final String LITTLE_ROOM = "ulimit -f 12";
  private static final int MANY = 200;

  private static final BestScore BEFORE =
      new BestScore(60, 100, Instant.parse("2026-03-04T12:00:00Z"));

  private static final Path SHELL = Path.of("/bin/sh");
  private static final Path FULL_DEVICE = Path.of("/dev/full");
  private static final Path READ_ONLY = Path.of("/sys/kernel");

  @TempDir private Path folder;

  private ScratchCourse course;

  @BeforeEach
  void make() throws IOException {
    course = new ScratchCourse(folder);
    course.submission("right", ScratchCourse.RIGHT);
    course.submission("one", ScratchCourse.ALWAYS_ONE);
  }

  @ParameterizedTest
  @CsvSource({"right, 100 of 100, 0", "one, 60 of 100, 1"})
  void aReadOnlyStateCostsAWarning(String work, String score, int code) throws IOException {
    // Read-only even for root, which may write to any folder whose permissions forbid it.
    assumeTrue(Files.isDirectory(READ_ONLY), "there is no " + READ_ONLY);
    Files.createSymbolicLink(course.places().state(), READ_ONLY);
    Run run = course.run("kata-99", "work/" + work);
    Files.delete(course.places().state());
    assertThat(run.out()).contains(score);
    assertThat(run.err()).containsOnlyOnce("grade: the score could not be kept: no permission");
    assertThat(run.code()).isEqualTo(code);
  }

  @Test
  void aDiskWithoutRoomForTheScoresCostsAWarningAndNoScore() throws Exception {
    assumeTrue(Files.isExecutable(SHELL), "there is no " + SHELL);
    GraderProcess grader = GraderProcess.in(course);
    Path katas = course.root().resolve("katas").toRealPath();
    Scores scores = new Scores(grader.state());
    for (int i = 0; i < MANY; i++) {
      scores.record(katas, "kata-9" + i, BEFORE);
    }
    assertThat(Files.size(grader.state().resolve("scores.json"))).isGreaterThan(16 << 10);
    Run run = grader.after(LITTLE_ROOM).run("kata-99", "work/right");
    assertThat(run.out()).as(run.err()).contains("100 of 100");
    assertThat(run.err()).containsOnlyOnce("grade: the score could not be kept: ");
    assertThat(run.code()).isEqualTo(ExitCode.FULL);
    assertThat(scores.best(katas, "kata-99")).contains(BEFORE);
    assertThat(names(grader.state())).containsExactlyInAnyOrder("scores.json", "scores.lock");
    assertThat(names(grader.temporary())).isEmpty();
  }

  @Test
  void aDiskWithoutAnyRoomIsAnErrorAndLosesNothing() throws Exception {
    assumeTrue(Files.isExecutable(SHELL), "there is no " + SHELL);
    GraderProcess grader = GraderProcess.in(course);
    Path katas = course.root().resolve("katas").toRealPath();
    Scores scores = new Scores(grader.state());
    scores.record(katas, "kata-99", BEFORE);
    Run run = grader.after(NO_ROOM).run("kata-99", "work/right");
    assertThat(run.err()).contains("grade: ").doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(scores.best(katas, "kata-99")).contains(BEFORE);
    // Whether it comes that far depends on whether there is a sandbox to be tried first.
    Path cache = course.root().resolve("xdg-cache/katagrade/katas");
    if (Files.exists(cache)) {
      assertThat(names(cache)).isEmpty();
    }
    assertThat(names(grader.temporary())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--junit"})
  void aReportThatFindsNoRoomIsAnError(String option) {
    assumeTrue(Files.exists(FULL_DEVICE), "there is no " + FULL_DEVICE);
    Run run = course.run("kata-99", "work/one", option, FULL_DEVICE.toString());
    assertThat(run.out()).contains("60 of 100");
    assertThat(run.err()).contains("grade: could not write /dev/full: No space left on device");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "--json, nowhere/g.txt, there is no folder",
    "--junit, nowhere/g.txt, there is no folder",
    "--json, grade/below, there is no folder",
    "--json, work, it is a folder",
    "--junit, work, it is a folder",
    "--json, /sys/kernel/g.json, no permission"
  })
  void aReportThatCannotBeWrittenIsRefusedBeforeTheGrading(String option, String file, String why) {
    assumeTrue(Files.isDirectory(READ_ONLY), "there is no " + READ_ONLY);
    Run run = course.run("kata-99", "work/right", option, file);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("grade: could not write " + course.root().resolve(file) + ": " + why);
    assertThat(course.root().resolve("nowhere")).doesNotExist();
    assertThat(course.root().resolve("work/right/kata99/Solution.java")).exists();
  }

  @Test
  void oneReportThatFindsNoRoomDoesNotKeepTheOther() {
    assumeTrue(Files.exists(FULL_DEVICE), "there is no " + FULL_DEVICE);
    Run run =
        course.run("kata-99", "work/right", "--json", FULL_DEVICE.toString(), "--junit", "g.xml");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(course.root().resolve("g.xml")).content().contains("<testcase");
  }

  @ParameterizedTest
  @CsvSource({"right, 2", "one, 1"})
  void outputThatCannotBeWrittenIsSaid(String work, int code) throws Exception {
    assumeTrue(Files.exists(FULL_DEVICE), "there is no " + FULL_DEVICE);
    File err = course.root().resolve("err.txt").toFile();
    Process process =
        GraderProcess.in(course)
            .command("kata-99", "work/" + work)
            .redirectOutput(FULL_DEVICE.toFile())
            .redirectError(err)
            .start();
    assertThat(process.waitFor()).isEqualTo(code);
    assertThat(err).content().contains("grade: not all output could be written");
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoFailure() throws Exception {
    File err = course.root().resolve("err.txt").toFile();
    Process process =
        GraderProcess.in(course).command("kata-99", "work/right").redirectError(err).start();
    process.getInputStream().close();
    assertThat(process.waitFor()).isEqualTo(ExitCode.FULL);
    assertThat(err).content().doesNotContain("output could be written");
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
