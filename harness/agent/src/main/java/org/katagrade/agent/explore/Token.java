package org.katagrade.agent.explore;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The name of one run of a check, by which it can be run again: {@code
 * kata-08.wakesEveryWaiter.1.0.3-1.1-t-1.3~a1b2}.
 *
 * @param kata the kata's id, {@code kata-08}
 * @param check the check's id, the name of its method
 * @param seed what the check's own random choices follow from
 * @param fingerprint four digits that stand for the classes of the program that was run, so that a
 *     replay of another one can say so
 */
public record Token(String kata, String check, long seed, Schedule schedule, String fingerprint) {

  private static final String KATA = "[A-Za-z0-9_-]+";
  private static final String CHECK = "[A-Za-z_$][A-Za-z0-9_$]*";
  private static final String FINGERPRINT = "[0-9a-f]{4}";
  private static final String LOOK =
      "a token looks like kata-08.wakesEveryWaiter.1.0.3-1.1-t-1.3~a1b2";

  private static final Pattern TEXT =
      Pattern.compile("([^.~]*)\\.([^.~]*)\\.([^.~]*)\\.([^~]*)~([^~]*)");

  public Token {
    part("kata", kata, KATA);
    part("check", check, CHECK);
    part("fingerprint", fingerprint, FINGERPRINT);
  }

  /** As {@link #parse} reads it. Free of blanks, and safe in a URL and a shell. */
  public String text() {
    return kata + "." + check + "." + seed + "." + schedule.text() + "~" + fingerprint;
  }

  /**
   * Reads a token's text.
   *
   * @throws IllegalArgumentException if it is none; says why, for who typed it
   */
  public static Token parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no token; " + LOOK);
    }
    try {
      return new Token(
          parts.group(1),
          parts.group(2),
          seed(parts.group(3)),
          Schedule.parse(parts.group(4)),
          parts.group(5));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no token: " + e.getMessage() + "; " + LOOK, e);
    }
  }

  /** The fingerprint of a program: its classes' files by their names. */
  public static String fingerprint(SortedMap<String, byte[]> classes) {
    CRC32C sum = new CRC32C();
    classes.forEach(
        (name, bytes) -> {
          sum.update(name.getBytes(StandardCharsets.UTF_8));
          sum.update(0);
          sum.update(bytes);
        });
    long folded = (sum.getValue() ^ (sum.getValue() >>> 16)) & 0xFFFF;
    return String.format("%04x", folded);
  }

  private static long seed(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("its seed, '" + digits + "', is no number", e);
    }
  }

  private static void part(String what, String value, String form) {
    if (!value.matches(form)) {
      throw new IllegalArgumentException("its " + what + " cannot be '" + value + "'");
    }
  }
}
