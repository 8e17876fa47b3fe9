package org.katagrade.grader.report;

import java.nio.charset.Charset;

/**
 * The signs a report is drawn with.
 *
 * @param pass before a check that passed
 * @param fail before a check that failed
 * @param open before a check that was not run
 * @param rule the stroke of a horizontal line
 * @param bar between a line's number and its text
 * @param leader between a title and its points
 * @param cut where something was cut off, one column wide
 */
public record Marks(
    String pass, String fail, String open, String rule, String bar, String leader, String cut) {

  /** For terminals that can show them. */
  public static final Marks UNICODE = new Marks("✓", "✗", "–", "─", "│", "·", "…");

  /** For all others. */
  public static final Marks ASCII = new Marks("+", "x", "-", "-", "|", ".", "~");

  /** The best marks that can be written in this charset. */
  public static Marks in(Charset charset) {
    String signs = UNICODE.pass + UNICODE.fail + UNICODE.open + UNICODE.rule + UNICODE.bar + "·…→";
    return charset.canEncode() && charset.newEncoder().canEncode(signs) ? UNICODE : ASCII;
  }

  /** A text of ours or theirs in signs that can be written. */
  String spell(String text) {
    if (!equals(ASCII)) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .forEach(
            sign ->
                plain.append(
                    switch (sign) {
                      case '→', '➜' -> "->";
                      case '…' -> "...";
                      case '–', '—', '·' -> "-";
                      case '‘', '’' -> "'";
                      case '“', '”' -> "\"";
                      default -> sign < 128 ? Character.toString(sign) : "?";
                    }));
    return plain.toString();
  }
}
