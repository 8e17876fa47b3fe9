package org.katagrade.grader.cli;

import org.katagrade.grader.grade.Grade;

/** What the command's exit code says. */
final class ExitCode {

  /** Full marks, or as many as were asked for. */
  static final int FULL = 0;

  /** Graded, with less than that. */
  static final int BELOW = 1;

  /** Something typed or pointed at cannot be used, or an output cannot be written. */
  static final int USAGE = 2;

  /** Something of the grader's own failed, so that the grade says less than it should. */
  static final int INCOMPLETE = 3;

  private ExitCode() {}

  /** The code for a grade, of which so many points are enough; -1 stands for full marks. */
  static int of(Grade grade, int enough) {
    if (grade.isIncomplete()) {
      return INCOMPLETE;
    }
    return grade.isFull() || (enough >= 0 && grade.score() >= enough) ? FULL : BELOW;
  }
}
