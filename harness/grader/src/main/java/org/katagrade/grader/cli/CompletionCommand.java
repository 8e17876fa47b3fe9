package org.katagrade.grader.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
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

  @Mixin private final HelpOption help = new HelpOption();

  CompletionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings
        .out()
        .println(AutoComplete.bash("grade", CommandLineInterface.commandLine(surroundings)));
    return ExitCode.FULL;
  }
}
