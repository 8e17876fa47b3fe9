package org.katagrade.grader.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoresTest {

  private static final Path COURSE = Path.of("/course");
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  @TempDir private Path folder;

  private Scores scores;

  @BeforeEach
  void open() {
    scores = new Scores(folder.resolve("state"));
  }

  @Test
  void nothingIsKnownAtFirst() throws IOException {
    assertThat(scores.best(COURSE, "kata-01")).isEmpty();
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void theBestIsKeptWithItsTime() throws IOException {
    assertThat(scores.record(COURSE, "kata-01", score(40))).isTrue();
    assertThat(scores.record(COURSE, "kata-01", new BestScore(30, 100, NOON.plusSeconds(9))))
        .isFalse();
    assertThat(scores.record(COURSE, "kata-01", new BestScore(40, 100, NOON.plusSeconds(9))))
        .isFalse();
    assertThat(scores.best(COURSE, "kata-01")).contains(score(40));
    assertThat(scores.record(COURSE, "kata-01", score(90))).isTrue();
    assertThat(scores.best(COURSE, "kata-01")).contains(score(90));
  }

  @Test
  void coursesAndKatasAreToldApart() throws IOException {
    scores.record(COURSE, "kata-01", score(1));
    scores.record(COURSE, "kata-02", score(2));
    scores.record(Path.of("/other"), "kata-01", score(3));
    assertThat(scores.best(COURSE, "kata-01")).contains(score(1));
    assertThat(scores.best(COURSE, "kata-02")).contains(score(2));
    assertThat(scores.best(Path.of("/other"), "kata-01")).contains(score(3));
  }

  @Test
  void aDamagedFileIsSaidAndLeftAlone() throws IOException {
    scores.record(COURSE, "kata-01", score(1));
    Path file = folder.resolve("state/scores.json");
    for (String damage : List.of("", "[]", "{", "{\"/course\":{\"kata-01\":{\"when\":\"?\"}}}")) {
      Files.writeString(file, damage);
      assertThatThrownBy(() -> scores.record(COURSE, "kata-01", score(9)))
          .isInstanceOf(IOException.class);
      assertThat(file).hasContent(damage);
    }
  }

  @Test
  void threadsDoNotLoseEachOthersScores() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String kata = "kata-" + i;
        // Each opens the file for itself, as another grader would.
        all.add(
            threads.submit(
                () -> new Scores(folder.resolve("state")).record(COURSE, kata, score(7))));
      }
      for (Future<Boolean> each : all) {
        assertThat(each.get(1, TimeUnit.MINUTES)).isTrue();
      }
    }
    for (int i = 0; i < 40; i++) {
      assertThat(scores.best(COURSE, "kata-" + i)).contains(score(7));
    }
    assertThatNoPartIsLeft();
  }

  @Test
  void processesDoNotLoseEachOthersScores() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  OtherGrader.class.getName(),
                  folder.resolve("state").toString(),
                  name)
              .inheritIO()
              .start());
    }
    for (Process process : processes) {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
    for (int i = 0; i < OtherGrader.SCORES; i++) {
      assertThat(scores.best(COURSE, "a" + i)).contains(score(i));
      assertThat(scores.best(COURSE, "b" + i)).contains(score(i));
    }
    assertThatNoPartIsLeft();
  }

  private void assertThatNoPartIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("state"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("scores.json", "scores.lock");
    }
  }

  private static BestScore score(int points) {
    return new BestScore(points, 100, NOON);
  }

  /** A grader in a process of its own. */
  static final class OtherGrader {

    static final int SCORES = 50;

    private OtherGrader() {}

    public static void main(String[] args) throws IOException {
      for (int i = 0; i < SCORES; i++) {
        new Scores(Path.of(args[0])).record(COURSE, args[1] + i, score(i));
      }
    }
  }
}
