package org.katagrade.grader.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of text for a terminal: wrapped, indented, coloured where that is wanted.
 *
 * <p>Whatever is written loses its control characters first, since much of it comes from a
 * submission, which has no business to steer the terminal.
 */
final class Page {

  /** Wider lines are hard to read, however wide the terminal. */
  private static final int WIDEST = 100;

  /** Columns of a line of source that are worth a smaller indent. */
  private static final int LEAST_SOURCE = 24;

  /** Columns that the label of a fact takes. */
  static final int LABEL = 12;

  private final PrintWriter out;
  private final boolean color;
  private final Marks marks;
  private final int width;

  Page(Style style, Marks marks, PrintWriter out) {
    this.out = out;
    this.color = style.color();
    this.marks = marks;
    this.width = Math.min(style.width(), WIDEST);
  }

  int width() {
    return width;
  }

  Marks marks() {
    return marks;
  }

  /** The text in its colour, if colours are wanted; it must fit where it is put. */
  String paint(Ink ink, String text) {
    String safe = clean(text);
    return color ? ink.paint(safe) : safe;
  }

  /** A line that is laid out and painted already. */
  void raw(String line) {
    out.println(line.stripTrailing());
  }

  void blank() {
    out.println();
  }

  /** A text, wrapped. */
  void paragraph(int indent, Ink ink, String text) {
    for (String line : wrap(text, width - indent)) {
      raw(" ".repeat(indent) + paint(ink, line));
    }
  }

  /** A label and what it stands for, wrapped beside it. */
  void fact(String label, String text) {
    fact(2, label, Ink.PLAIN, text);
  }

  /** A label and what it stands for, wrapped beside it. */
  void fact(int indent, String label, Ink ink, String text) {
    String head = paint(Ink.FAINT, label) + " ".repeat(Math.max(1, LABEL - label.length()));
    for (String line : wrap(text, width - indent - LABEL)) {
      raw(" ".repeat(indent) + head + paint(ink, line));
      head = " ".repeat(LABEL);
    }
  }

  /** A label and a command, in one line however long, so that it can be copied. */
  void command(String label, String text) {
    raw("  " + paint(Ink.FAINT, label) + " ".repeat(LABEL - label.length()) + clean(text));
  }

  /**
   * A line of source with its place; cut, not wrapped, and moved to the left where that saves it.
   *
   * @return the column its text begins in
   */
  int source(int indent, String place, String text) {
    int left = Math.clamp(width - place.length() - 3 - LEAST_SOURCE, 0, indent);
    String number = cut(place, width - left - 3 - LEAST_SOURCE / 2);
    int start = left + number.length() + 3;
    raw(
        " ".repeat(left)
            + paint(Ink.FAINT, number + " " + marks.bar())
            + " "
            + paint(Ink.CODE, cut(clean(text).strip(), width - start)));
    return start;
  }

  /** Words on the left, a rule, a word on the right. */
  void heading(Ink ink, String mark, String title, String word) {
    int room = width - mark.length() - word.length() - 6;
    List<String> lines = wrap(title, Math.max(12, room));
    for (int i = 0; i < lines.size(); i++) {
      String lead = i == 0 ? paint(ink, mark) + " " : " ".repeat(mark.length() + 1);
      String line = lines.get(i);
      if (i < lines.size() - 1) {
        raw(lead + paint(Ink.STRONG, line));
      } else {
        int stroke = Math.max(2, room - line.length() + 3);
        raw(
            lead
                + paint(Ink.STRONG, line)
                + " "
                + paint(Ink.FAINT, marks.rule().repeat(stroke))
                + " "
                + paint(ink, word));
      }
    }
  }

  /** The text, or as much of it as there is room for. */
  String cut(String text, int room) {
    String safe = clean(text);
    return safe.length() <= room
        ? safe
        : safe.substring(0, Math.max(0, room - 1)).stripTrailing() + marks.cut();
  }

  /** The end of the text, if there is no room for all of it. */
  String cutLeft(String text, int room) {
    String safe = clean(text);
    return safe.length() <= room
        ? safe
        : marks.cut() + safe.substring(safe.length() - Math.max(0, room - 1));
  }

  /** The text in columns at the left of a field. */
  String left(String text, int room) {
    String fitting = cut(text, room);
    return fitting + " ".repeat(room - fitting.length());
  }

  /** Lines of at most this many columns; a word that is longer is broken. */
  List<String> wrap(String text, int room) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : clean(text).split("\n", -1)) {
      String rest = paragraph.stripTrailing();
      int indent = rest.length() - rest.stripLeading().length();
      while (rest.length() > room) {
        int space = rest.lastIndexOf(' ', room);
        int end = space <= indent ? room : space;
        lines.add(rest.substring(0, end).stripTrailing());
        rest = " ".repeat(Math.min(indent, room / 2)) + rest.substring(end).strip();
      }
      lines.add(rest);
    }
    return lines;
  }

  private String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    marks
        .spell(text.replace("\r\n", "\n").replace("\t", "  "))
        .codePoints()
        .map(sign -> sign != '\n' && steers(sign) ? '?' : sign)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** Control characters, and those that turn the direction of what follows. */
  private static boolean steers(int sign) {
    return Character.isISOControl(sign) || Character.getType(sign) == Character.FORMAT;
  }
}
