package org.katagrade.agent.explore;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.katagrade.agent.race.Race;
import org.katagrade.agent.race.Site;

/**
 * What makes two bad endings the same to a reader.
 *
 * @param kind name of the ending
 * @param detail what was thrown and where, or between which lines the race is; empty for others
 */
record Likeness(String kind, String detail) {

  static Likeness of(Ending ending) {
    String detail =
        switch (ending) {
          case Ending.Wrong wrong ->
              wrong.thrown().getClass().getName() + place(wrong.thrown().getStackTrace());
          case Ending.Raced raced -> lines(raced.races());
          case Ending.Completed _,
              Ending.Deadlock _,
              Ending.LostWakeup _,
              Ending.Livelock _,
              Ending.Leaked _,
              Ending.Abandoned _ ->
              "";
        };
    return new Likeness(ending.name(), detail);
  }

  /** For a sentence: {@code Wrong (java.lang.AssertionError at kata08.Checks.puts:12)}. */
  String text() {
    return detail.isEmpty() ? kind : kind + " (" + detail + ")";
  }

  /** The first line that is not the JDK's: there the program went wrong. */
  private static String place(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      String type = frame.getClassName();
      if (!type.startsWith("java.") && !type.startsWith("jdk.") && !type.startsWith("sun.")) {
        return " at " + type + "." + frame.getMethodName() + ":" + frame.getLineNumber();
      }
    }
    return "";
  }

  /** Those of the first race; which side comes first is a matter of the schedule. */
  private static String lines(List<Race> races) {
    return races.stream()
        .limit(1)
        .flatMap(race -> Stream.of(race.current(), race.previous()))
        .map(side -> side.stack().isEmpty() ? "?" : line(side.stack().getFirst()))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(" and "));
  }

  private static String line(Site site) {
    return site.type() + ":" + site.line();
  }
}
