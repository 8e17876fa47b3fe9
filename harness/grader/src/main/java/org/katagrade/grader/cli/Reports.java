package org.katagrade.grader.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.grade.Grade;
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

  /** Prints a grade and writes its files; returns the exit code. The print comes first. */
  int deliver(Grade grade, Screen screen) {
    new TerminalReport(style, screen.marks()).write(grade, screen.out());
    boolean written = write(json, grade, screen) & write(junit, grade, screen);
    return written ? ExitCode.of(grade, enough) : ExitCode.USAGE;
  }

  private static boolean write(@Nullable Path file, Grade grade, Screen screen) {
    if (file == null) {
      return true;
    }
    try {
      java.nio.file.Files.writeString(file, "{\"score\": " + grade.score() + "}\n");
      return true;
    } catch (IOException e) {
      screen.err().println("grade: could not write " + file + ": " + CommandLineInterface.words(e));
      return false;
    }
  }
}
