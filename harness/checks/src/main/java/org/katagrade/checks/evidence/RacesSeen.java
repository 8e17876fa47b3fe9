package org.katagrade.checks.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data races that the detector saw while a check ran.
 *
 * @param schedules under how many schedules it ran until they were seen, or in all; 0 if real
 *     threads did
 * @param course the run in which it saw them, if that was a controlled one
 */
public record RacesSeen(List<DataRace> races, int schedules, @Nullable Course course) {

  /** What is seen where there is no detector, or nothing to see. */
  public static final RacesSeen NONE = new RacesSeen(List.of(), 0, null);

  public RacesSeen {
    races = List.copyOf(races);
  }
}
