package org.katagrade.agent.explore;

import java.util.List;

/**
 * How many schedules it took to find something, over many seeds.
 *
 * @param found the numbers of schedules, ascending; one for each seed with which it was found
 * @param missed with how many seeds it was not found
 */
public record Tally(List<Integer> found, int missed) {

  /** Stands for more schedules than were tried. */
  public static final int NEVER = Integer.MAX_VALUE;

  public Tally {
    found = found.stream().sorted().toList();
    if (missed < 0) {
      throw new IllegalArgumentException("nothing is missed " + missed + " times");
    }
  }

  public int seeds() {
    return found.size() + missed;
  }

  /** The number of schedules after which so many seeds in a hundred found it, or NEVER. */
  public int percentile(int percent) {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("a percentile is from 1 to 100, and not " + percent);
    }
    int rank = Math.ceilDiv(seeds() * percent, 100) - 1;
    return rank >= 0 && rank < found.size() ? found.get(rank) : NEVER;
  }

  /** In one line: {@code 20 of 20, schedules: p50 3, p90 9, max 17}. */
  public String text() {
    return found.size()
        + " of "
        + seeds()
        + ", schedules: p50 "
        + shown(50)
        + ", p90 "
        + shown(90)
        + ", max "
        + shown(100);
  }

  private String shown(int percent) {
    int schedules = percentile(percent);
    return schedules == NEVER ? "-" : Integer.toString(schedules);
  }
}
