package org.katagrade.checks.evidence;

import java.util.List;

/**
 * The course of a run in which every choice of who goes on was made by the explorer, so that it can
 * be run again.
 *
 * @param check id of the check that was run
 * @param schedule the choices, in the explorer's short form
 * @param threads names of the threads, by number; the first is the check's own
 * @param steps what they did, in the order it happened; empty if it was not told
 * @param cut whether steps were left out, since there were too many
 */
public record Course(
    String check, String schedule, List<String> threads, List<Step> steps, boolean cut) {

  public Course {
    threads = List.copyOf(threads);
    steps = List.copyOf(steps);
  }
}
