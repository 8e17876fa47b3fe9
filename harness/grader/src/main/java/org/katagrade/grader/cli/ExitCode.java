package org.katagrade.grader.cli;

import org.katagrade.grader.grade.Grade;

/** What the command's exit code says. */
final class ExitCode {

  /** Full marks of what was run, or as many points as were asked for. */
  static final int FULL = 0;

  /** Graded, with less than that. */
  static final int BELOW = 1;

  /** Something typed or pointed at cannot be used, or an output cannot be written. */
  static final int USAGE = 2;

  /** Something of the grader's own failed, so that the grade says less than it should. */
  static final int INCOMPLETE = 3;

  private ExitCode() {}

  /**
   * The code for a grade, of which so many points are enough, whatever was run; -1 stands for full
   * marks of what was run.
   */
  static int of(Grade grade, int enough) {
    if (grade.isIncomplete()) {
      return INCOMPLETE;
    }
    boolean success = enough < 0 ? grade.isFull() : grade.score() >= enough;
    return success ? FULL : BELOW;
  }
}
