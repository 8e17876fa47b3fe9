package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.report.JsonReport;
import org.katagrade.grader.report.JunitReport;
import org.katagrade.grader.report.SourceLines;
import org.katagrade.grader.report.Style;
import org.katagrade.grader.report.TerminalReport;

/**
 * What becomes of a grade.
 *
 * @param style how it is printed
 * @param json where it is written as JSON, or null
 * @param junit where it is written as JUnit XML, or null
 * @param enough so many points count as success, or -1 if only full marks do
 */
record Reports(Style style, @Nullable Path json, @Nullable Path junit, int enough) {

  /** Writes the grade in some format. */
  @FunctionalInterface
  private interface Format {
    void write(Writer out) throws IOException, XMLStreamException;
  }

  /**
   * Prints a grade and then writes its files, so that a file that cannot be written loses nothing.
   *
   * @param confidence what full marks are worth, in one line
   * @param elsewhere what a command has to say so that it finds the work
   * @return the exit code
   */
  int deliver(Grade grade, Optional<String> confidence, String elsewhere, Screen screen) {
    new TerminalReport(style, screen.marks())
        .write(
            grade,
            SourceLines.in(Path.of(grade.submission())),
            confidence,
            elsewhere,
            screen.out());
    screen.out().flush();
    boolean written = write(json, out -> new JsonReport().write(grade, confidence, out), screen);
    written &= write(junit, out -> new JunitReport().write(grade, out), screen);
    return written ? ExitCode.of(grade, enough) : ExitCode.USAGE;
  }

  private static boolean write(@Nullable Path file, Format format, Screen screen) {
    if (file == null) {
      return true;
    }
    try {
      StringWriter text = new StringWriter();
      format.write(text);
      write(file, text.toString());
      return true;
    } catch (NoSuchFileException e) {
      return complain(file, "there is no folder " + file.getParent(), screen);
    } catch (IOException e) {
      return complain(file, CommandLineInterface.words(e), screen);
    } catch (XMLStreamException e) {
      return complain(file, String.valueOf(e.getMessage()), screen);
    }
  }

  /**
   * What is there is not lost before the new is there; a pipe or a device is written to as it is.
   */
  private static void write(Path file, String text) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.writeString(file, text);
      return;
    }
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static boolean complain(Path file, String why, Screen screen) {
    screen.err().println("grade: could not write " + file + ": " + why);
    return false;
  }
}
