package org.katagrade.agent.explore;

/** Thrown through a thread of a run that is over, to give back what it holds of the JVM's own. */
final class Abort extends Error {

  private static final long serialVersionUID = 1;

  static final Abort INSTANCE = new Abort();

  private Abort() {
    super("the run is over", null, false, false);
  }
}
