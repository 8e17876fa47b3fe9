package org.katagrade.agent.explore;

import java.util.List;

/**
 * What happened in a run, in order.
 *
 * @param threads the threads' names, by number
 * @param cut whether steps were left out, since there were too many
 */
public record Story(List<String> threads, List<Step> steps, boolean cut) {

  /** Of a run that nobody asked to be told. */
  static final Story NONE = new Story(List.of(), List.of(), false);

  public Story {
    threads = List.copyOf(threads);
    steps = List.copyOf(steps);
  }
}
