package org.katagrade.agent;

import java.util.List;
import java.util.stream.Collectors;
import org.katagrade.agent.race.Race;

/** A race in words, after the manner of Go's detector. */
final class RaceText {

  private static final String RULE = "==================";

  private RaceText() {}

  static String of(Race race) {
    StringBuilder text = new StringBuilder(RULE).append("\nWARNING: DATA RACE\n");
    side(text, race.current().write() ? "Write" : "Read", race.variable(), race.current());
    text.append('\n');
    String previous = race.previous().write() ? "Previous write" : "Previous read";
    side(text, previous, race.variable(), race.previous());
    text.append('\n').append(advice(race)).append('\n').append(RULE);
    return text.toString();
  }

  private static void side(StringBuilder text, String what, String variable, Race.Side side) {
    text.append(what)
        .append(" of ")
        .append(variable)
        .append(" by thread '")
        .append(side.thread())
        .append("'\n");
    side.stack().forEach(site -> text.append("    at ").append(site).append('\n'));
  }

  /** What the locks of both sides have to do with it. */
  static String advice(Race race) {
    String first = race.current().write() ? "the write" : "the read";
    String second = race.previous().write() ? "the previous write" : "the previous read";
    List<Race.Held> one = race.current().held();
    List<Race.Held> other = race.previous().held();
    if (one.isEmpty() && other.isEmpty()) {
      return "Neither side holds a lock: guard both with the same lock, or make the field volatile"
          + " if it is only ever set.";
    }
    return "Both hold no lock in common: "
        + first
        + " holds "
        + locks(one)
        + ", "
        + second
        + " holds "
        + locks(other)
        + ".";
  }

  private static String locks(List<Race.Held> held) {
    return held.isEmpty()
        ? "none"
        : held.stream()
            .map(
                lock ->
                    (lock.shared() ? "for reading " : "")
                        + lock.type()
                        + "@"
                        + Integer.toHexString(lock.number())
                        + " ("
                        + lock.site().file()
                        + ":"
                        + lock.site().line()
                        + ")")
            .collect(Collectors.joining(" and "));
  }
}
