package org.katagrade.grader.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.katagrade.grader.grade.CheckGrade;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.grade.Verdict;

/** The table of a grade: a line for each check with its mark, title, points and verdict. */
final class CheckTable {

  private static final int WORD_COLUMN = 16;
  private static final int WIDE_ENOUGH_FOR_WORDS = 64;

  private final Page page;
  private final Set<String> toldReasons = new HashSet<>();

  CheckTable(Page page) {
    this.page = page;
  }

  void write(Grade grade) {
    for (CheckGrade check : grade.checks()) {
      row(check);
      whyOpen(check.verdict(), grade);
    }
  }

  private void row(CheckGrade check) {
    VerdictWord word = VerdictWord.of(check.verdict());
    boolean words = page.width() >= WIDE_ENOUGH_FOR_WORDS;
    int right = words ? WORD_COLUMN + 2 : 0;
    String points = "%7s".formatted(points(check));
    int room = page.width() - 4 - points.length() - right;
    String title = check.title() + (check.bonus() ? " (bonus)" : "");
    List<String> lines = page.wrap(title, room);
    for (String line : lines.subList(0, lines.size() - 1)) {
      boolean first = line.equals(lines.getFirst());
      page.raw(mark(word, first) + line);
    }
    String last = lines.getLast();
    int gap = room - last.length();
    page.raw(
        mark(word, lines.size() == 1)
            + last
            + (gap > 0 ? " " : "")
            + page.paint(Ink.FAINT, page.marks().leader().repeat(Math.max(0, gap - 1)))
            + points
            + (words ? "  " + page.paint(word.ink(), word.text()) : ""));
  }

  /**
   * A check that was not run says why at once, since nothing more is told of it. What was left out
   * of the run says so once.
   */
  private void whyOpen(Verdict verdict, Grade grade) {
    if (verdict instanceof Verdict.NotReached(List<String> needs)) {
      List<String> titles = needs.stream().map(id -> title(grade, id)).toList();
      page.paragraph(6, Ink.FAINT, "needs " + ThreadNames.list(titles));
    } else if (verdict instanceof Verdict.NotRun(String reason) && toldReasons.add(reason)) {
      page.paragraph(6, Ink.FAINT, reason);
    }
  }

  private static String title(Grade grade, String id) {
    return grade.checks().stream()
        .filter(check -> check.id().equals(id))
        .map(check -> "\u201c" + check.title() + "\u201d")
        .findFirst()
        .orElse(id);
  }

  private String mark(VerdictWord word, boolean shown) {
    return shown ? "  " + page.paint(word.ink(), word.mark(page.marks())) + " " : "    ";
  }

  private static String points(CheckGrade check) {
    return check.verdict().counts() ? check.earned() + "/" + check.points() : "?/" + check.points();
  }
}
