package org.katagrade.grader.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.grade.GradeOptions;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
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
    Screen screen = surroundings.screen();
    Grade grade;
    try (Progress progress = Progress.on(screen, reports.style().quiet())) {
      grade = surroundings.grader(options.libraries()).grade(kata, folder, options, progress);
    }
    int code = reports.deliver(grade, screen);
    if (isOwnWork()) {
      remember(grade, surroundings);
    }
    return code;
  }

  /** Whether this is somebody's work, and not a solution that came with the kata. */
  private boolean isOwnWork() {
    Path work = folder.toAbsolutePath().normalize();
    return !work.startsWith(kata.reference().toAbsolutePath().normalize())
        && !work.startsWith(kata.hidden().toAbsolutePath().normalize());
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
