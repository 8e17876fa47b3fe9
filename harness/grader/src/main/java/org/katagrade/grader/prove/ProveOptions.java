package org.katagrade.grader.prove;

import org.jspecify.annotations.Nullable;

/**
 * How thoroughly to prove.
 *
 * @param times how often each grading is repeated, each time with another seed
 * @param matrix whether to run every check on every mutant, for the kill matrix, and not only the
 *     one that must catch it
 * @param only id or title of the one check whose mutants to prove; null for all
 * @param jobs how many gradings at once
 */
public record ProveOptions(int times, boolean matrix, @Nullable String only, int jobs) {

  public ProveOptions {
    if (times < 1 || jobs < 1) {
      throw new IllegalArgumentException("times and jobs must be 1 or more");
    }
  }

  /** Once, for the build. */
  public static ProveOptions build(int jobs) {
    return new ProveOptions(1, false, null, jobs);
  }
}
