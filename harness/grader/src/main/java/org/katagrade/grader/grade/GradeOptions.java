package org.katagrade.grader.grade;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to grade.
 *
 * @param quick leave out the lanes of Lincheck and of the agent; what is explored runs with real
 *     threads instead
 * @param only run the check of this id or title and what it needs, or null for all
 * @param jobs how many processors the children may keep busy, 1 or more
 * @param seed what every random choice follows from
 * @param libraries jars a submission may use in this run
 * @param everything run checks even if what they need has not passed
 */
public record GradeOptions(
    boolean quick,
    @Nullable String only,
    int jobs,
    long seed,
    List<Path> libraries,
    boolean everything) {

  public GradeOptions {
    libraries = List.copyOf(libraries);
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs must be 1 or more, not " + jobs);
    }
  }

  /** These, without the slow lanes. */
  GradeOptions quickly() {
    return new GradeOptions(true, only, jobs, seed, libraries, everything);
  }

  /** These, but for another check alone. */
  GradeOptions withOnly(@Nullable String check) {
    return new GradeOptions(quick, check, jobs, seed, libraries, everything);
  }

  /** Everything, on every processor, with the usual seed. */
  public static GradeOptions usual() {
    return new GradeOptions(
        false, null, Runtime.getRuntime().availableProcessors(), 1, List.of(), false);
  }
}
