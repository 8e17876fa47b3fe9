package org.katagrade.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.grade.CheckGrade;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.report.Style;

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
    print(grade, screen.out());
    screen.out().flush();
    boolean written = write(json, grade, screen) & write(junit, grade, screen);
    return written ? ExitCode.of(grade, enough) : ExitCode.USAGE;
  }

  private void print(Grade grade, PrintWriter out) {
    grade.rejected().forEach(problem -> out.println(problem.message()));
    for (CheckGrade check : grade.checks()) {
      out.println(
          check.id() + " " + check.verdict().name() + " " + check.earned() + "/" + check.points());
    }
    out.println(grade.score() + " of " + grade.most());
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
