package org.katagrade.grader.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Token;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.UsageException;
import org.katagrade.grader.report.ReplayReport;
import org.katagrade.grader.report.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grade replay TOKEN [DIR]}: runs a check again as it ran when it failed. */
@Command(
    name = "replay",
    sortOptions = false,
    description = "Run a check again under the schedule under which it failed, step by step.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  grade replay kata-08.wakesEveryWaiter.1.0.3-1.1-t-1.3~a1b2",
      "",
      "The token stands at the end of what a report says of the failure. The exit",
      "code is 1 if it fails again and 0 if it does not."
    })
final class ReplayCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "TOKEN", description = "What the report said.")
  private String text = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      description = "The folder with the work; the kata's own folder if it is not said.")
  private @Nullable String folder;

  @Option(
      names = "--color",
      negatable = true,
      description = "Use colours, or do not; by default on a terminal, unless NO_COLOR is set.")
  private @Nullable Boolean color;

  @Mixin private final CourseOption course = new CourseOption();
  @Mixin private final HelpOption help = new HelpOption();

  ReplayCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Token token = token(text);
    Course found = course.in(surroundings);
    Kata kata = found.find(token.kata());
    Path work = folder == null ? kata.folder() : surroundings.resolve(folder);
    Grade grade = surroundings.grader(List.of()).replay(kata, work, token);
    Screen screen = surroundings.screen();
    Style style = new Style(color == null ? screen.colored() : color, screen.width(), true, false);
    String elsewhere = Elsewhere.of(found, kata, work, surroundings);
    new ReplayReport(style, screen.marks()).write(token, grade, elsewhere, screen.out());
    return ExitCode.of(grade, -1);
  }

  private static Token token(String text) {
    try {
      return Token.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
