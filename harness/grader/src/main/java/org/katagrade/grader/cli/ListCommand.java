package org.katagrade.grader.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.katagrade.grader.kata.Course;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code grade list}: shows the katas and how far one has come. */
@Command(
    name = "list",
    mixinStandardHelpOptions = false,
    description = "Show the katas with difficulty, title and best score so far.")
final class ListCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final CourseOption course = new CourseOption();
  @Mixin private final HelpOption help = new HelpOption();

  ListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Course found = course.in(surroundings);
    new KataTable(found, surroundings.scores()).print(surroundings.screen());
    return ExitCode.FULL;
  }
}
