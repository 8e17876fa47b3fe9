package org.katagrade.grader.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grade handout DIR}: writes what students get. */
@Command(
    name = "handout",
    description = "Write what students of a class get: no hidden source, no solution.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  grade handout ~/class                 katas alone; you grade what comes back",
      "  grade handout ~/class --with-checks   a grader too, with compiled checks"
    })
final class HandoutCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "DIR", description = "A new or empty folder.")
  private String folder = "";

  @Option(
      names = "--with-checks",
      description = "Add compiled checks and the grader, so that students grade at home.")
  private boolean withChecks;

  @Mixin private final CourseOption course = new CourseOption();
  @Mixin private final HelpOption help = new HelpOption();

  HandoutCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Course found = course.in(surroundings);
    NewFolder target = new NewFolder(surroundings.resolve(folder));
    Handout handout = new Handout(found, target.path());
    if (withChecks) {
      for (Kata kata : found.katas()) {
        surroundings.kataCompiler().compile(kata); // before anything is written
      }
    }
    handout.writeKatas();
    handout.writeReadme(withChecks);
    if (withChecks) {
      handout.addGrader(surroundings.installation(), surroundings.kataCompiler());
    }
    surroundings.out().println("wrote " + found.katas().size() + " katas to " + target.path());
    return ExitCode.FULL;
  }
}
