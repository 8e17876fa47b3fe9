package org.katagrade.grader.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.kata.UsageException;
import picocli.CommandLine.Option;

/** The options of {@code grade race}, which are the race detector's own. */
final class DetectorOptions {

  private static final int MOST_EXIT = 255;

  @Option(
      names = "--packages",
      split = "[,:]",
      hideParamSyntax = true,
      paramLabel = "P,Q",
      description = "Watch the variables of these packages only, and those below them.")
  private List<String> packages = new ArrayList<>();

  @Option(
      names = "--noise",
      paramLabel = "N",
      description = "About every N-th access lets other threads go first; 0, as usual, none.")
  private int noise;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Chooses these accesses; the same number chooses the same.")
  private @Nullable Long seed;

  @Option(
      names = "--exit",
      paramLabel = "N",
      description = "The exit code if there were races, usually 66; 0 leaves the program's own.")
  private @Nullable Integer exit;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the races there instead of to standard error.")
  private @Nullable String report;

  @Option(names = "--verbose", description = "Say which classes were left alone, and why.")
  private boolean verbose;

  /** As the agent reads them. */
  String text(Surroundings surroundings) {
    List<String> options = new ArrayList<>();
    if (!packages.isEmpty()) {
      options.add("packages=" + String.join(":", packages));
    }
    if (noise < 0) {
      throw new UsageException("--noise is 0 or more, and not " + noise);
    }
    if (noise > 0) {
      options.add("noise=" + noise);
    }
    if (seed != null) {
      options.add("seed=" + seed);
    }
    if (exit != null) {
      if (exit < 0 || exit > MOST_EXIT) {
        throw new UsageException("an exit code is 0 to " + MOST_EXIT + ", and not " + exit);
      }
      options.add("exit=" + exit);
    }
    if (report != null) {
      String file = surroundings.resolve(report).toString();
      if (file.contains(",")) {
        throw new UsageException("the agent cannot read a path with a comma, as in " + file);
      }
      options.add("report=" + file);
    }
    if (verbose) {
      options.add("verbose");
    }
    return String.join(",", options);
  }
}
