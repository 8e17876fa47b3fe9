package org.katagrade.grader.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.StudentCopy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code grade start KATA DIR}: copies what is needed to work on a kata elsewhere. */
@Command(
    name = "start",
    description = "Copy task, contract, stub and sample test to a folder of your own.",
    footerHeading = "%nExample:%n",
    footer = "  grade start kata-04 ~/bank")
final class StartCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "KATA", description = "The kata.")
  private String kata = "";

  @Parameters(index = "1", paramLabel = "DIR", description = "A new or empty folder.")
  private String folder = "";

  @Mixin private final CourseOption course = new CourseOption();
  @Mixin private final HelpOption help = new HelpOption();

  StartCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Course found = course.in(surroundings);
    Kata wanted = found.find(kata);
    Path target = new NewFolder(surroundings.resolve(folder)).path();
    StudentCopy.alone(wanted, target);
    surroundings.out().println("The task is in " + target.resolve("README.md") + ".");
    surroundings.out().println("Write your solution in " + target.resolve("src") + ", then:");
    surroundings
        .out()
        .println("  grade " + wanted.id() + Elsewhere.of(found, wanted, target, surroundings));
    return ExitCode.FULL;
  }
}
