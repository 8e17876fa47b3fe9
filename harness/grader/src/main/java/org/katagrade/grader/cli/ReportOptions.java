package org.katagrade.grader.cli;

import org.jspecify.annotations.Nullable;
import org.katagrade.grader.kata.UsageException;
import org.katagrade.grader.report.Style;
import picocli.CommandLine.Option;

/** The options that say what becomes of a grade. */
final class ReportOptions {

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the grade as JSON (grade/v1) as well.")
  private @Nullable String json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the grade as JUnit XML as well, for CI systems.")
  private @Nullable String junit;

  @Option(
      names = "--fail-under",
      paramLabel = "N",
      description = "Exit with 0 for N points or more, and for nothing else.")
  private @Nullable Integer failUnder;

  @Option(
      names = "--color",
      negatable = true,
      description = "Use colours, or do not; by default on a terminal, unless NO_COLOR is set.")
  private @Nullable Boolean color;

  @Option(names = "--quiet", description = "Print the score alone.")
  private boolean quiet;

  @Option(names = "--verbose", description = "Print everything there is to know.")
  private boolean verbose;

  Reports in(Surroundings surroundings) {
    if (failUnder != null && (failUnder < 0 || failUnder > 100)) {
      throw new UsageException("--fail-under must be between 0 and 100, not " + failUnder);
    }
    if (quiet && verbose) {
      throw new UsageException("--quiet and --verbose contradict each other");
    }
    Screen screen = surroundings.screen();
    return new Reports(
        new Style(color == null ? screen.colored() : color, screen.width(), verbose, quiet),
        json == null ? null : surroundings.resolve(json),
        junit == null ? null : surroundings.resolve(junit),
        failUnder == null ? -1 : failUnder);
  }
}
