package org.katagrade.grader.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A section of a README in lines that a terminal has room for. Code and tables stay as they are; a
 * list keeps an item a line, or what an item needs.
 */
final class Prose {

  /** Wider lines are hard to read, however wide the terminal. */
  private static final int WIDEST = 100;

  private static final Pattern ITEM = Pattern.compile("( *(?:[-*+]|\\d+[.)]) +)(.*)");

  private final List<String> lines = new ArrayList<>();
  private final StringBuilder paragraph = new StringBuilder();
  private final int width;

  /** What the first line of the paragraph begins with, in whose room the others are indented. */
  private String lead = "";

  private Prose(int width) {
    this.width = Math.min(width, WIDEST);
  }

  /** The text in lines of at most this many columns; words longer than that are not broken. */
  static String wrap(String text, int width) {
    Prose prose = new Prose(width);
    boolean code = false;
    for (String line : text.lines().toList()) {
      boolean fence = line.strip().startsWith("```");
      if (code || fence || prose.keeps(line)) {
        prose.end();
        prose.lines.add(line.stripTrailing());
      } else {
        prose.add(line);
      }
      code ^= fence;
    }
    prose.end();
    return String.join(System.lineSeparator(), prose.lines);
  }

  private boolean keeps(String line) {
    return line.isBlank()
        || line.startsWith("|")
        || (paragraph.isEmpty() && line.startsWith("    "));
  }

  private void add(String line) {
    Matcher item = ITEM.matcher(line);
    if (item.matches()) {
      end();
      lead = item.group(1);
    }
    paragraph.append(item.matches() ? item.group(2) : line.strip()).append(' ');
  }

  /** Writes the paragraph that was begun, if one was. */
  private void end() {
    if (paragraph.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder(lead);
    boolean begun = false;
    for (String word : paragraph.toString().strip().split("\\s+")) {
      if (begun && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(lead.length()));
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      begun = true;
    }
    lines.add(line.toString());
    paragraph.setLength(0);
    lead = "";
  }
}
