package org.katagrade.grader.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.grade.GradeOptions;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.prove.KillMatrix;
import org.katagrade.grader.state.BestScore;

/**
 * What somebody asked to have graded.
 *
 * @param folder the work
 */
record Grading(Course course, Kata kata, Path folder, GradeOptions options, Reports reports) {

  Grading with(GradeOptions others) {
    return new Grading(course, kata, folder, others, reports);
  }

  /** Grades, reports, remembers; returns the exit code. */
  int run(Surroundings surroundings) throws IOException, InterruptedException {
    return finish(grade(surroundings), surroundings);
  }

  /** Grades, and shows how that goes on. */
  Grade grade(Surroundings surroundings) throws IOException, InterruptedException {
    try (Progress progress = Progress.on(surroundings.screen(), reports.style().quiet())) {
      return surroundings.grader(options.libraries()).grade(kata, folder, options, progress);
    }
  }

  /** Reports and remembers a grade; returns the exit code. */
  int finish(Grade grade, Surroundings surroundings) {
    String elsewhere = Elsewhere.of(course, kata, folder, surroundings);
    int code = reports.deliver(grade, confidence(grade), elsewhere, surroundings.screen());
    // The score of a part does not stand beside scores of the whole.
    if (isOwnWork() && grade.isWhole()) {
      remember(grade, surroundings);
    }
    return code;
  }

  /** How many known mistakes the checks catch, if that was proven of the checks as they are. */
  private Optional<String> confidence(Grade grade) {
    if (!grade.isFull() || !grade.isWhole()) {
      return Optional.empty();
    }
    try {
      return KillMatrix.read(kata, grade.versions().hash())
          .filter(proof -> proof.caught() > 0)
          .map(
              proof ->
                  "these checks catch %d of the %d known mistakes"
                      .formatted(proof.caught(), proof.mutants().size()));
    } catch (IOException e) {
      // What was never proven, or cannot be read, is not claimed.
      return Optional.empty();
    }
  }

  /** Whether this is somebody's work, and not a solution that came with the kata. */
  private boolean isOwnWork() {
    Path work = real(folder);
    return !work.startsWith(real(kata.reference())) && !work.startsWith(real(kata.hidden()));
  }

  /** The path without links, or as it stands if there is nothing there. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  private void remember(Grade grade, Surroundings surroundings) {
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
    try {
      surroundings
          .scores()
          .record(
              course.folder().toRealPath(),
              kata.id(),
              new BestScore(grade.score(), grade.most(), now));
    } catch (IOException e) {
      surroundings
          .screen()
          .err()
          .println("grade: the score could not be kept: " + CommandLineInterface.words(e));
    }
  }
}
