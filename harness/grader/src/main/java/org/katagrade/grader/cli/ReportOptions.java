package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        json == null ? null : target(surroundings.resolve(json)),
        junit == null ? null : target(surroundings.resolve(junit)),
        failUnder == null ? -1 : failUnder);
  }

  /** A file to be written once there is a grade; what is known to fail then is refused now. */
  private static Path target(Path file) {
    String why = refusal(file);
    if (why != null) {
      throw new UsageException("could not write %s: %s".formatted(file, why));
    }
    return file;
  }

  private static @Nullable String refusal(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    if (folder == null || !Files.isDirectory(folder)) {
      return "there is no folder " + folder;
    }
    boolean isNew = Files.notExists(file);
    if (!isNew && !Files.isRegularFile(file)) {
      // A pipe must be opened once, by who writes to it.
      return null;
    }
    // Permissions do not tell of a file system that can only be read; a try does.
    try (OutputStream opened =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (isNew) {
        Files.delete(file);
      }
      return null;
    } catch (IOException e) {
      return CommandLineInterface.words(e);
    }
  }
}
