package org.katagrade.agent.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What strategies needed for programs, as a table: with how many seeds it was found, by the median
 * of how many schedules, and the most.
 */
public final class StrategyTable {

  private static final String ROW = "%-42s";
  private static final String CELL = " %-16s";

  private final int schedules;
  private final Map<String, List<Tally>> columns = new LinkedHashMap<>();

  /** For searches that gave up after so many schedules. */
  public StrategyTable(int schedules) {
    this.schedules = schedules;
  }

  /** Prints the row of a program. */
  public void print(String program, Map<String, Tally> tallies) {
    if (columns.isEmpty()) {
      System.out.printf(ROW, "found with: median / most schedules");
      tallies.keySet().forEach(strategy -> System.out.printf(CELL, strategy));
      System.out.println();
    }
    System.out.printf(ROW, program);
    tallies.forEach(
        (strategy, tally) -> {
          columns.computeIfAbsent(strategy, _ -> new ArrayList<>()).add(tally);
          System.out.printf(CELL, cell(tally));
        });
    System.out.println();
  }

  private static String cell(Tally tally) {
    List<Integer> found = tally.found();
    return found.isEmpty()
        ? "-"
        : "%d: %d / %d".formatted(found.size(), found.get(found.size() / 2), found.getLast());
  }

  /**
   * Prints how much was found in all, and the geometric mean of the schedules needed. What was
   * missed counts as if the last schedule had found it.
   */
  public void printSummary() {
    System.out.printf(ROW, "in all, and geometric mean of schedules");
    columns.values().forEach(tallies -> System.out.printf(CELL, summary(tallies)));
    System.out.println();
  }

  private String summary(List<Tally> tallies) {
    int found = 0;
    int all = 0;
    double logs = 0;
    for (Tally tally : tallies) {
      found += tally.found().size();
      all += tally.seeds();
      for (int schedule : tally.found()) {
        logs += Math.log(schedule);
      }
      logs += tally.missed() * Math.log(schedules);
    }
    return "%.1f%%, %.1f".formatted(100.0 * found / all, Math.exp(logs / all));
  }
}
