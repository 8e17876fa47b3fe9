package org.katagrade.grader.report;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.katagrade.agent.explore.Token;
import org.katagrade.checks.evidence.Course;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.grader.grade.CheckGrade;
import org.katagrade.grader.grade.Grade;

/** Tells one run of a check under one schedule, step by step. */
public final class ReplayReport {

  private final Style style;
  private final Marks marks;

  /** A report drawn with these signs. */
  public ReplayReport(Style style, Marks marks) {
    this.style = style;
    this.marks = marks;
  }

  /**
   * Writes what became of the run of a token.
   *
   * @param grade of the one check that was run
   * @param elsewhere what a command has to say so that it finds the work, with a space before it;
   *     empty for the kata's own folder
   */
  public void write(Token token, Grade grade, String elsewhere, PrintWriter out) {
    Page page = new Page(style, marks, out);
    SourceLines lines = SourceLines.in(Path.of(grade.submission()));
    Explanation explanation = new Explanation(page, lines, elsewhere, true);
    page.blank();
    page.paragraph(
        0,
        Ink.STRONG,
        "%s · %s · schedule %s".formatted(grade.title(), token.check(), token.schedule().text()));
    if (grade.isRejected()) {
      page.blank();
      new Rejection(page, true).write(grade.rejected());
    } else {
      List<CheckGrade> run =
          grade.checks().stream().filter(check -> check.exploration() != null).toList();
      List<CheckGrade> failed = run.stream().filter(check -> !check.passed()).toList();
      (failed.isEmpty() ? run : failed).forEach(check -> told(check, token, page, explanation));
    }
    page.blank();
    out.flush();
  }

  private static void told(CheckGrade check, Token token, Page page, Explanation explanation) {
    if (isOther(check, token)) {
      page.blank();
      page.paragraph(
          2,
          Ink.CARE,
          "The program is not the one that this token was made for, so this run need not be that"
              + " one.");
    }
    VerdictWord word = VerdictWord.of(check.verdict());
    page.blank();
    page.heading(word.ink(), word.mark(page.marks()), check.title(), word.text());
    if (check.passed()) {
      page.blank();
      page.paragraph(2, Ink.PLAIN, "Under this schedule the promise is kept.");
    } else {
      page.blank();
    }
    explanation.body(check);
  }

  private static boolean isOther(CheckGrade check, Token token) {
    Exploration exploration = check.exploration();
    Course course = exploration == null ? null : exploration.failing();
    return course != null
        && check.token() != null
        && !Token.parse(check.token()).fingerprint().equals(token.fingerprint());
  }
}
