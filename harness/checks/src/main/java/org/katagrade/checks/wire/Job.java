package org.katagrade.checks.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a child is asked to do.
 *
 * @param token a secret that marks every event as the child's own
 * @param programs what there is to check
 * @param tasks the checks to run, in order
 * @param seed what every random choice follows from
 * @param traceStarts whether to record by which call threads are started
 * @param sought what the checks are run for
 * @param schedule the one schedule to explore them under, in the explorer's short form; null to
 *     look for one under which they fail
 */
public record Job(
    String token,
    List<Program> programs,
    List<Task> tasks,
    long seed,
    boolean traceStarts,
    Sought sought,
    @Nullable String schedule) {

  public Job {
    programs = List.copyOf(programs);
    tasks = List.copyOf(tasks);
  }
}
