package org.katagrade.agent.explore;

import java.util.ArrayList;
import java.util.List;

/**
 * The choices of one run, from which it can be run again. Has a short text, made of the turns: in
 * {@code 0.3-1.1-t-1.3} thread 0 goes three steps and thread 1 one, time passes, and thread 1 goes
 * on for three. {@code =2} is a choice among other things than threads.
 *
 * <p>A replay that needs more choices than there are lets the thread that runs go on, and else the
 * one with the lowest number; a turn whose thread cannot go on is over. A thread that yields, or
 * has gone on for very long, is followed by the next one, so that a program ends if it can.
 */
public record Schedule(List<Turn> turns) {

  /** Stands for a schedule without turns, which leaves every choice to the replay. */
  private static final String NO_TURNS = "-";

  public Schedule {
    turns = List.copyOf(turns);
  }

  /** As {@link #parse} reads it. Safe in a URL, and free of blanks. */
  public String text() {
    if (turns.isEmpty()) {
      return NO_TURNS;
    }
    StringBuilder text = new StringBuilder();
    for (Turn turn : turns) {
      text.append(text.isEmpty() ? "" : "-").append(turn.text());
    }
    return text.toString();
  }

  /**
   * Reads a schedule's text.
   *
   * @throws IllegalArgumentException if it is none; says where and why
   */
  public static Schedule parse(String text) {
    List<Turn> turns = new ArrayList<>();
    if (!text.equals(NO_TURNS)) {
      for (String turn : text.split("-", -1)) {
        turns.add(Turn.parse(turn));
      }
    }
    return new Schedule(turns);
  }

  /** The same choices in as few turns as possible. */
  Schedule merged() {
    List<Turn> merged = new ArrayList<>();
    for (Turn turn : turns) {
      if (!merged.isEmpty() && merged.getLast().continues(turn)) {
        long count = (long) merged.getLast().count() + turn.count();
        merged.addLast(merged.removeLast().times((int) Math.min(count, Integer.MAX_VALUE)));
      } else {
        merged.add(turn);
      }
    }
    return new Schedule(merged);
  }

  /** How often somebody else goes on than before; a choice among things is no switch. */
  int switches() {
    int switches = -1;
    Turn last = null;
    for (Turn turn : turns) {
      if (turn.kind() != Turn.Kind.AMONG && (last == null || !last.continues(turn))) {
        switches++;
        last = turn;
      }
    }
    return Math.max(0, switches);
  }

  /** How many choices there are. */
  long choices() {
    long choices = 0;
    for (Turn turn : turns) {
      choices += turn.count();
    }
    return choices;
  }
}
