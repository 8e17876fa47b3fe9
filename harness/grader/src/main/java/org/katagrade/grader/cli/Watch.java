package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.grade.GradeOptions;
import org.katagrade.grader.kata.UsageException;

/** Grades a folder, and again whenever a source in it is saved, until interrupted. */
final class Watch {

  /** Short against the time a grading takes, and long enough to cost nothing. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Surroundings surroundings;
  private final Grading grading;
  private final Path sources;

  Watch(Surroundings surroundings, Grading grading) {
    this.surroundings = surroundings;
    this.grading = grading;
    Path inner = grading.folder().resolve("src");
    this.sources = Files.isDirectory(inner) ? inner : grading.folder();
    if (!Files.isDirectory(sources)) {
      throw new UsageException("there is no folder " + grading.folder());
    }
  }

  /** Runs until interrupted. What is being graded when a source is saved is given up. */
  void run() throws IOException, InterruptedException {
    while (true) {
      SavedFiles before = SavedFiles.in(sources);
      try (ExecutorService rounds = Executors.newSingleThreadExecutor()) {
        Future<?> round = rounds.submit(this::gradeTwice);
        try {
          awaitChange(before);
        } finally {
          round.cancel(true);
        }
      }
      out().println("-- saved; grading again");
      out().flush();
    }
  }

  private void awaitChange(SavedFiles before) throws IOException, InterruptedException {
    do {
      Thread.sleep(BETWEEN_LOOKS);
    } while (SavedFiles.in(sources).equals(before));
  }

  /** The quick checks for a quick answer; then all, if there is more to know. */
  private void gradeTwice() {
    try {
      Grade quick = grading.with(quickly(grading.options())).grade(surroundings);
      grading.finish(quick, surroundings);
      if (leavesOut(grading.options()) && !quick.isRejected() && quick.open() > 0) {
        out().println("-- now all checks");
        out().flush();
        grading.finish(grading.grade(surroundings), surroundings);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (IOException | RuntimeException e) {
      // A file may be missing for as long as it takes to save another.
      CommandLineInterface.explain(surroundings.screen().err(), e);
    }
    out().println("-- waiting for a source to be saved; Ctrl-C ends");
    out().flush();
  }

  /** Whether {@link #quickly} leaves out what was asked for; one check alone is never left out. */
  private static boolean leavesOut(GradeOptions options) {
    return !options.quick() && options.only() == null;
  }

  private static GradeOptions quickly(GradeOptions options) {
    return new GradeOptions(
        true, options.only(), options.jobs(), options.seed(), options.libraries(), false);
  }

  private PrintWriter out() {
    return surroundings.out();
  }
}
