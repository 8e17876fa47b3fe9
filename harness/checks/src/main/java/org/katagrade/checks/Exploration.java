package org.katagrade.checks;

import org.katagrade.agent.explore.Program;

/** Makes of a check a program that can be explored. */
public final class Exploration {

  private static final Steering AGENT = new AgentSteering();

  private Exploration() {}

  /**
   * The program that runs this check once, with a vocabulary of its own: what crowds, gates and
   * meetings keep belongs to the run and ends with it.
   *
   * @param check calls the check's method on a new instance of its class
   */
  public static Program of(Program check) {
    return () -> {
      ExploredRun.begin(AGENT);
      check.run();
    };
  }
}
