package org.katagrade.grader.canary;

/** Counts. Safe for use by many threads, which is what the solution gets wrong. */
public interface Tally {

  /** Counts one more. */
  void count();

  /** Begins at zero again. */
  void clear();

  /** How many there were. */
  int total();
}
