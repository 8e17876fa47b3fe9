package org.katagrade.grader.cli;

import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.katagrade.grader.compile.KataCompiler;
import org.katagrade.grader.kata.CheckReader;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.DeclaredCheck;
import org.katagrade.grader.kata.Kata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code grade completion}: prints a script with which a shell completes words. */
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh.",
    footerHeading = "%nExample:%n",
    footer = "  source <(grade completion)")
final class CompletionCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final CourseOption course = new CourseOption();
  @Mixin private final HelpOption help = new HelpOption();

  CompletionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Course found = course.in(surroundings);
    List<String> katas = found.katas().stream().map(Kata::id).toList();
    surroundings
        .out()
        .print(
            new CompletionScript(
                    CommandLineInterface.commandLine(surroundings).getCommandSpec(),
                    katas,
                    checks(found))
                .text());
    return ExitCode.FULL;
  }

  private SortedSet<String> checks(Course course) throws IOException {
    KataCompiler compiler = surroundings.kataCompiler();
    SortedSet<String> ids = new TreeSet<>(List.of(DeclaredCheck.RACE, DeclaredCheck.RULES));
    for (Kata kata : course.katas()) {
      ids.addAll(CheckReader.read(compiler.compile(kata).hidden()).ids());
    }
    return ids;
  }
}
