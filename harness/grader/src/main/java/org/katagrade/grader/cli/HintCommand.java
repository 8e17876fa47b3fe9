package org.katagrade.grader.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code grade hint KATA [N]}: shows a hint, and no more than one. */
@Command(
    name = "hint",
    description = "Show a hint: 1 is a nudge, the last one nearly the solution.")
final class HintCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "KATA", description = "The kata.")
  private String kata = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "N",
      description = "Which hint; the first if it is not said.")
  private int number = 1;

  @Mixin private final CourseOption course = new CourseOption();
  @Mixin private final HelpOption help = new HelpOption();

  HintCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Course found = course.in(surroundings);
    Kata wanted = found.find(kata);
    List<String> hints = wanted.readme().hints();
    if (number < 1 || number > hints.size()) {
      throw new UsageException(
          "%s has %d hints, and no number %d".formatted(wanted.id(), hints.size(), number));
    }
    surroundings.out().println(Prose.wrap(hints.get(number - 1), surroundings.screen().width()));
    if (number < hints.size()) {
      surroundings.out().println();
      surroundings
          .out()
          .println(
              "More: grade hint %s %d%s"
                  .formatted(
                      wanted.id(),
                      number + 1,
                      Elsewhere.of(found, wanted, wanted.folder(), surroundings)));
    }
    return ExitCode.FULL;
  }
}
