package org.katagrade.grader.report;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.katagrade.grader.grade.Grade;

/** The report a student reads: the score in two seconds, and then what to mend first. */
public final class TerminalReport {

  private static final int MOST_IN_FULL = 3;
  private static final int MOST_PRINTED_LINES = 12;
  private static final int NARROWEST_FOLDER = 24;

  private final Style style;
  private final Marks marks;

  /** A report in Unicode. */
  public TerminalReport(Style style) {
    this(style, Marks.UNICODE);
  }

  /** A report drawn with these signs. */
  public TerminalReport(Style style, Marks marks) {
    this.style = style;
    this.marks = marks;
  }

  /** Writes a grade, with the lines of its submission as they are on disk. */
  public void write(Grade grade, PrintWriter out) {
    write(grade, SourceLines.in(Path.of(grade.submission())), Optional.empty(), "", out);
  }

  /**
   * Writes a grade.
   *
   * @param confidence what full marks are worth, in one line
   * @param elsewhere what a command has to say so that it finds the work, with a space before it;
   *     empty for the kata's own folder
   */
  public void write(
      Grade grade,
      SourceLines lines,
      Optional<String> confidence,
      String elsewhere,
      PrintWriter out) {
    Page page = new Page(style, marks, out);
    if (style.quiet()) {
      page.raw(score(grade));
      out.flush();
      return;
    }
    header(page, grade);
    if (grade.isRejected()) {
      rejected(page, grade);
    } else if (grade.isUntouched()) {
      untouched(page, grade);
    } else {
      graded(page, grade, lines, confidence, elsewhere);
    }
    footer(page, grade);
    out.flush();
  }

  private void header(Page page, Grade grade) {
    String name = "Kata %s · %s".formatted(number(grade), grade.title());
    String folder = Path.of(grade.submission()).toString();
    int room = page.width() - name.length() - 2;
    page.blank();
    if (room >= NARROWEST_FOLDER) {
      String shown = page.cutLeft(folder, room);
      page.raw(
          page.paint(Ink.STRONG, name)
              + " ".repeat(room - shown.length() + 2)
              + page.paint(Ink.FAINT, shown));
    } else {
      page.paragraph(0, Ink.STRONG, name);
      page.raw(page.paint(Ink.FAINT, page.cutLeft(folder, page.width())));
    }
    page.blank();
  }

  private static String number(Grade grade) {
    return grade.kata().substring(grade.kata().indexOf('-') + 1);
  }

  private void graded(
      Page page, Grade grade, SourceLines lines, Optional<String> confidence, String elsewhere) {
    new CheckTable(page).write(grade);
    page.blank();
    scoreLine(page, grade);
    if (grade.isFull()) {
      confidence.ifPresent(text -> page.paragraph(2, Ink.FAINT, text));
    }
    Explanation explanation = new Explanation(page, lines, elsewhere, style.verbose());
    failures(page, grade, explanation);
    advice(page, grade, explanation);
    printed(page, grade);
  }

  private void scoreLine(Page page, Grade grade) {
    Ink ink = grade.isIncomplete() ? Ink.CARE : grade.isFull() ? Ink.GOOD : Ink.STRONG;
    String time = "  in " + Millis.said(grade.timing().total());
    page.raw("  " + page.paint(ink, score(grade)) + page.paint(Ink.FAINT, time));
    if (grade.isIncomplete()) {
      page.paragraph(
          2,
          Ink.CARE,
          "incomplete: %d points could not be graded, and that is not your fault"
              .formatted(grade.open()));
    } else if (grade.open() > 0) {
      page.paragraph(2, Ink.FAINT, "%d points were not graded in this run".formatted(grade.open()));
    }
  }

  private static String score(Grade grade) {
    return grade.score() + " of " + grade.most();
  }

  private void failures(Page page, Grade grade, Explanation explanation) {
    List<Setback> setbacks = Setback.of(grade.checks());
    int most = style.verbose() ? setbacks.size() : MOST_IN_FULL;
    int left = 0;
    for (int i = 0; i < setbacks.size(); i++) {
      Setback setback = setbacks.get(i);
      if (i < most || setback.isBrokenRule()) {
        explanation.write(setback, grade.kata());
      } else {
        left += setback.checks().size();
      }
    }
    if (left > 0) {
      page.blank();
      page.paragraph(0, Ink.FAINT, "and %d more; --verbose explains them all".formatted(left));
    }
  }

  private void advice(Page page, Grade grade, Explanation explanation) {
    if (grade.advice().isEmpty()) {
      return;
    }
    page.blank();
    page.heading(Ink.CARE, "!", "advice", "costs no points");
    for (var breach : grade.advice()) {
      page.blank();
      explanation.breach(breach);
    }
  }

  private void printed(Page page, Grade grade) {
    if (grade.printed().isBlank()) {
      return;
    }
    List<String> lines = grade.printed().stripTrailing().lines().toList();
    int shown = style.verbose() ? lines.size() : Math.min(MOST_PRINTED_LINES, lines.size());
    page.blank();
    page.heading(Ink.FAINT, ">", "your program printed", "");
    page.blank();
    for (String line : lines.subList(0, shown)) {
      page.raw("  " + page.paint(Ink.PLAIN, page.cut(line, page.width() - 2)));
    }
    if (shown < lines.size()) {
      page.paragraph(
          2,
          Ink.FAINT,
          "… and %d more lines; --verbose shows them".formatted(lines.size() - shown));
    }
  }

  private void rejected(Page page, Grade grade) {
    page.raw("  " + page.paint(Ink.BAD, marks.fail()) + " cannot be run, so nothing was graded");
    page.blank();
    new Rejection(page, style.verbose()).write(grade.rejected());
    page.raw("  " + page.paint(Ink.STRONG, score(grade)));
  }

  private void untouched(Page page, Grade grade) {
    String folder = grade.kata().replace("-", "");
    page.paragraph(2, Ink.PLAIN, "Nothing is implemented yet, so there is nothing to grade.");
    page.blank();
    page.raw("  " + page.paint(Ink.STRONG, score(grade)));
    page.blank();
    page.paragraph(2, Ink.STRONG, "Where to start");
    page.fact(4, "read", Ink.PLAIN, "README.md, which says all there is to know");
    page.fact(4, "run", Ink.PLAIN, "test/%s/SampleTest.java, its examples".formatted(folder));
    page.fact(4, "write", Ink.PLAIN, "src/%s/Solution.java".formatted(folder));
    page.fact(4, "ask", Ink.PLAIN, "grade hint " + grade.kata());
  }

  private void footer(Page page, Grade grade) {
    Grade.Versions versions = grade.versions();
    if (!versions.libraries().isEmpty()) {
      page.blank();
      page.paragraph(
          2, Ink.CARE, "allowed for this run: " + String.join(", ", versions.libraries()));
    }
    if (style.verbose()) {
      page.blank();
      page.paragraph(
          2,
          Ink.FAINT,
          "harness %s, JDK %s, kata %s, sandbox level %d, seed %d"
              .formatted(
                  versions.harness(),
                  versions.jdk(),
                  versions.hash(),
                  versions.sandbox(),
                  versions.seed()));
    }
    page.blank();
  }
}
