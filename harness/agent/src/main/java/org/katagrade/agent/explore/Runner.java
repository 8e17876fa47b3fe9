package org.katagrade.agent.explore;

/** Runs one program, once at each call. */
interface Runner {

  /**
   * Runs it under a chooser.
   *
   * @param steps choices after which the run is ended as a livelock
   * @param told whether the story is wanted
   */
  Run run(Chooser chooser, int steps, boolean told);
}
