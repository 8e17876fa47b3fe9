package org.katagrade.grader.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code grade watch KATA [DIR]}: grades again whenever a source is saved. */
@Command(
    name = "watch",
    description = "Grade again whenever a source is saved, quick checks first; Ctrl-C ends it.")
final class WatchCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "KATA", description = "The kata.")
  private String kata = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      description = "The folder with the work; the kata's own folder if it is not said.")
  private @Nullable String folder;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final ReportOptions report = new ReportOptions();
  @Mixin private final CourseOption course = new CourseOption();
  @Mixin private final HelpOption help = new HelpOption();

  WatchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Course found = course.in(surroundings);
    Kata wanted = found.find(kata);
    Path work = folder == null ? wanted.folder() : surroundings.resolve(folder);
    Grading grading =
        new Grading(found, wanted, work, run.in(surroundings), report.in(surroundings));
    try {
      new Watch(surroundings, grading).run();
    } catch (InterruptedException e) {
      // The way to end it.
    }
    return ExitCode.FULL;
  }
}
