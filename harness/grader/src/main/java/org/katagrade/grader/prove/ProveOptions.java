package org.katagrade.grader.prove;

/**
 * How thoroughly to prove.
 *
 * @param times how often each grading is repeated, each time with another seed
 * @param matrix whether to run every check on every mutant, for the kill matrix, and not only the
 *     one that must catch it
 * @param jobs how many gradings at once
 */
public record ProveOptions(int times, boolean matrix, int jobs) {

  /** Once, for the build. */
  public static ProveOptions build(int jobs) {
    return new ProveOptions(1, false, jobs);
  }

  /** Five times with the whole matrix. */
  public static ProveOptions thorough(int jobs) {
    return new ProveOptions(5, true, jobs);
  }
}
