package org.katagrade.grader.grade;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what exploring and model checking found for the checks that must pass both. Safe
 * for use by many threads.
 */
final class TwoLanes {

  private final Map<String, LaneResult> explored = new HashMap<>();
  private final Map<String, LaneResult> modelled = new HashMap<>();

  /**
   * Takes what exploring found; returns what is to be said of the check, null if it is not yet
   * known. A failing schedule says all, since it can be replayed.
   */
  synchronized @Nullable LaneResult explored(String check, LaneResult result) {
    explored.put(check, result);
    return hasFailed(check) ? result : joined(check);
  }

  /** Takes what model checking found; returns as {@link #explored}. */
  synchronized @Nullable LaneResult modelled(String check, LaneResult result) {
    modelled.put(check, result);
    return hasFailed(check) ? null : joined(check);
  }

  /** Whether exploring has found a failure, after which model checking has nothing to add. */
  synchronized boolean hasFailed(String check) {
    LaneResult result = explored.get(check);
    return result != null && result.verdict().isFailure();
  }

  /** Where exploring had to be given up, model checking alone decides. */
  private @Nullable LaneResult joined(String check) {
    LaneResult one = explored.get(check);
    LaneResult other = modelled.get(check);
    return one == null || other == null
        ? null
        : new LaneResult(
            other.verdict(),
            one.cpuMillis() + other.cpuMillis(),
            Math.max(one.dearestMillis(), other.dearestMillis()),
            one.exploration());
  }
}
