package org.katagrade.agent.explore;

/**
 * A part of a schedule: so many choices that all fell on one thread.
 *
 * @param choice the thread's number, from 0; 0 if time moved on; for a choice among other things,
 *     such as whom to notify, what was chosen
 * @param count how often, 1 or more
 * @param kind what was chosen
 */
public record Turn(Kind kind, int choice, int count) {

  private static final String TIME = "t";
  private static final String AMONG = "=";

  public Turn {
    if (choice < 0 || count < 1 || (kind == Kind.TIME && choice != 0)) {
      throw new IllegalArgumentException(
          "there is no turn of " + kind + " " + choice + ", " + count + " times");
    }
  }

  /** What a choice is about. */
  public enum Kind {
    /** Who goes on. */
    THREAD,
    /** Time moves to the next moment somebody waits for; {@code choice} is 0. */
    TIME,
    /** One of several things a thread does by chance: whom it notifies. */
    AMONG
  }

  /** Whether another turn differs from this one in its count only. */
  boolean continues(Turn other) {
    return kind == other.kind && choice == other.choice;
  }

  Turn times(int otherCount) {
    return new Turn(kind, choice, otherCount);
  }

  /** As it stands in a schedule's text: {@code 2.7}, {@code t}, {@code t.3}, {@code =1}. */
  String text() {
    return switch (kind) {
      case THREAD -> choice + "." + count;
      case TIME -> TIME + times();
      case AMONG -> AMONG + choice + times();
    };
  }

  private String times() {
    return count == 1 ? "" : "." + count;
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is no turn; says why
   */
  static Turn parse(String text) {
    int dot = text.indexOf('.');
    String what = dot < 0 ? text : text.substring(0, dot);
    int count = dot < 0 ? 1 : number(text, text.substring(dot + 1));
    if (count < 1) {
      throw new IllegalArgumentException("'" + text + "' is no turn: it happens 0 times");
    }
    if (what.equals(TIME)) {
      return new Turn(Kind.TIME, 0, count);
    }
    if (what.startsWith(AMONG)) {
      return new Turn(Kind.AMONG, number(text, what.substring(1)), count);
    }
    int thread = number(text, what);
    if (dot < 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is no turn: it does not say how often, as " + text + ".1 does");
    }
    return new Turn(Kind.THREAD, thread, count);
  }

  private static int number(String turn, String digits) {
    boolean plain = !digits.isEmpty() && (digits.length() == 1 || digits.charAt(0) != '0');
    for (int i = 0; i < digits.length(); i++) {
      plain &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    if (plain) {
      try {
        return Integer.parseInt(digits);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "'" + turn + "' is no turn: " + digits + " is too large", e);
      }
    }
    throw new IllegalArgumentException(
        "'" + turn + "' is no turn: '" + digits + "' is no number; turns look like 2.7, t or =1");
  }
}
