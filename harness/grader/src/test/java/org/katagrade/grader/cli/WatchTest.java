package org.katagrade.grader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private ScratchCourse course;

  @BeforeEach
  void make() throws IOException {
    course = new ScratchCourse(folder);
  }

  @Test
  void everySaveIsGradedUntilItIsEnded() throws Exception {
    Path work = course.submission("mine", ScratchCourse.ALWAYS_ONE);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Thread watching =
        Thread.ofPlatform()
            .start(
                () ->
                    ended.complete(
                        CommandLineInterface.run(
                            course.surroundings(
                                new PrintWriter(out, true),
                                new PrintWriter(err, true),
                                false,
                                false),
                            "watch",
                            "99",
                            work.toString())));
    await("the first grade").atMost(LIMIT).until(() -> out.toString().contains("60 of 100"));

    Files.writeString(work.resolve("kata99/Solution.java"), ScratchCourse.RIGHT);
    await("the grade of what was saved")
        .atMost(LIMIT)
        .until(() -> out.toString().contains("100 of 100"));

    Files.delete(work.resolve("kata99/Solution.java"));
    await("word of the missing file")
        .atMost(LIMIT)
        .until(() -> err.toString().contains("no Java source"));

    watching.interrupt();
    assertThat(ended.get(1, TimeUnit.MINUTES)).isZero();
  }

  @Test
  void aMissingFolderIsUsage() {
    assertThat(course.run("watch", "99", "nowhere").code()).isEqualTo(ExitCode.USAGE);
  }
}
