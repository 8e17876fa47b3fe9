package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.kata.UsageException;
import org.katagrade.grader.report.Style;
import picocli.CommandLine.Option;

/** The options that say what becomes of a grade. */
final class ReportOptions {

  /** By which reports are known, near their beginnings. */
  private static final List<String> REPORTS = List.of("\"grade/v1\"", "<testsuite");

  private static final int MOST_READ = 1024;

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
    Path jsonFile = json == null ? null : target(surroundings.resolve(json));
    Path junitFile = junit == null ? null : target(surroundings.resolve(junit));
    if (jsonFile != null && jsonFile.equals(junitFile)) {
      throw new UsageException("--json and --junit want a file each, not both " + jsonFile);
    }
    Screen screen = surroundings.screen();
    return new Reports(
        new Style(color == null ? screen.colored() : color, screen.width(), verbose, quiet),
        jsonFile,
        junitFile,
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

  /** Whether an earlier run may have written it: what is somebody's work is not written over. */
  private static boolean isReport(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String beginning = new String(in.readNBytes(MOST_READ), StandardCharsets.UTF_8);
      return beginning.isBlank() || REPORTS.stream().anyMatch(beginning::contains);
    } catch (IOException e) {
      return true; // which the try that follows tells better
    }
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
    if (!isNew && !isReport(file)) {
      return "it is there, and is no report that could be replaced";
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
