package org.katagrade.grader.report;

import java.util.List;
import org.katagrade.grader.compile.Problem;

/** Tells why a submission was not run: the compiler's words on the student's line. */
final class Rejection {

  private static final int MOST_PROBLEMS = 3;

  private final Page page;
  private final boolean verbose;

  Rejection(Page page, boolean verbose) {
    this.page = page;
    this.verbose = verbose;
  }

  void write(List<Problem> problems) {
    int shown = verbose ? problems.size() : Math.min(MOST_PROBLEMS, problems.size());
    for (Problem problem : problems.subList(0, shown)) {
      problem(problem);
      page.blank();
    }
    if (shown < problems.size()) {
      page.paragraph(
          2, Ink.FAINT, "and %d more; --verbose shows them".formatted(problems.size() - shown));
      page.blank();
    }
  }

  private void problem(Problem problem) {
    page.paragraph(2, Ink.PLAIN, problem.message());
    if (problem.path().isEmpty()) {
      return;
    }
    String place = problem.path() + (problem.line() > 0 ? ":" + problem.line() : "");
    if (problem.source().isBlank()) {
      page.paragraph(4, Ink.FAINT, "at " + place);
      return;
    }
    page.source(4, place, problem.source());
    long caret = problem.column() - 1 - lead(problem.source());
    long before = 4 + place.length() + 3 + caret;
    if (caret >= 0 && before < page.width()) {
      page.raw(" ".repeat((int) before) + page.paint(Ink.BAD, "^"));
    }
  }

  /** Columns before the first word, as the compiler counts them: a tab goes to the next eighth. */
  private static int lead(String source) {
    int column = 0;
    for (int i = 0; i < source.length() && Character.isWhitespace(source.charAt(i)); i++) {
      column = source.charAt(i) == '\t' ? (column / 8 + 1) * 8 : column + 1;
    }
    return column;
  }
}
