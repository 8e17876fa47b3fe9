package org.katagrade.grader.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.katagrade.grader.fork.Watched;
import org.katagrade.grader.kata.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code grade race -- ARGS}: runs any program under the race detector. */
@Command(
    name = "race",
    sortOptions = false,
    customSynopsis = "grade race [OPTIONS] -- ARGS...",
    description = "Run any Java program under the race detector.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  grade race -- Main.java                     a source file",
      "  grade race -- -cp target/classes acme.Main  a class",
      "  grade race --packages acme -- -jar app.jar  a jar; no races of libraries",
      "  grade race --noise 20 --seed 7 -- Main.java one in 20 accesses lets others go first",
      "",
      "The exit code is the program's, or 66 if there were races."
    })
final class RaceCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      arity = "0..*",
      hideParamSyntax = true,
      paramLabel = "ARGS",
      description = "What java is given: its options, a class, jar or source file, and arguments.")
  private final List<String> arguments = new ArrayList<>();

  @Mixin private final DetectorOptions options = new DetectorOptions();
  @Mixin private final HelpOption help = new HelpOption();

  RaceCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (arguments.isEmpty()) {
      throw new UsageException(
          "which program? As for java, after two dashes: grade race -- -cp classes Main");
    }
    return new Watched(surroundings.installation().trusted(), surroundings.directory())
        .run(options.text(surroundings), arguments);
  }
}
