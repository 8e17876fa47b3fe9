package org.katagrade.grader.report;

import java.util.ArrayList;
import java.util.List;

/** A table with a column for each thread; where the page is too narrow for that, a list. */
final class Columns {

  private static final int NARROWEST = 22;

  /** Columns share the page, but are no wider than a step needs. */
  private static final int WIDEST = 36;

  private final Page page;
  private final List<String> titles;
  private final int needed;

  Columns(Page page, List<String> titles) {
    this(page, titles, List.of());
  }

  /** A table for these texts, few of which may be cut. */
  Columns(Page page, List<String> titles, List<String> texts) {
    this.page = page;
    this.titles = titles;
    List<Integer> lengths = texts.stream().map(String::length).sorted().toList();
    int most = lengths.isEmpty() ? 0 : lengths.get(lengths.size() * 9 / 10);
    this.needed = Math.clamp(most, NARROWEST, WIDEST);
  }

  /** Whether cells are to be listed with their column's title before them. */
  boolean areTooNarrow() {
    return width() < needed;
  }

  void header() {
    row(titles, Ink.FAINT);
  }

  /** A row with a text in each column. */
  void row(List<String> cells, Ink ink) {
    StringBuilder line = new StringBuilder("  ");
    for (int i = 0; i < cells.size(); i++) {
      line.append(i == 0 ? "" : "  ").append(page.paint(ink, page.left(cells.get(i), width())));
    }
    page.raw(line.toString());
  }

  /** A row, or an entry of the list, with one text and its line number, which may be empty. */
  void cell(int column, String text, String line, Ink ink) {
    if (areTooNarrow()) {
      page.fact(2, titles.get(column), Ink.PLAIN, text + " " + line);
      return;
    }
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < titles.size(); i++) {
      cells.add(i == column ? withLine(text, line) : "");
    }
    row(cells, ink);
  }

  private String withLine(String text, String line) {
    int room = width() - line.length() - 1;
    return line.isEmpty() ? text : page.left(text, room) + " " + line;
  }

  private int width() {
    return Math.min(WIDEST, (page.width() - 2) / Math.max(1, titles.size()) - 2);
  }
}
