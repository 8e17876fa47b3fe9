package org.katagrade.grader.grade;

import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.fork.Standby;

/**
 * The first children of the lanes, started while the submission is compiled.
 *
 * @param model with the first turn
 */
record Standbys(Standby plain, Standby agent, Standby model) implements AutoCloseable {

  /** None at all. */
  static Standbys none() {
    return new Standbys(Standby.none(), Standby.none(), Standby.none());
  }

  /** Those that an errand has work for, if there is a processor for them. */
  static Standbys of(Jvm jvm, String packageName, Errand errand, int jobs) {
    if (jobs == 1) {
      return none();
    }
    return new Standbys(
        errand.plain().isEmpty() ? Standby.none() : Standby.plain(jvm),
        errand.agent().isEmpty() && errand.explored().isEmpty()
            ? Standby.none()
            : Standby.agent(jvm, packageName, errand.sought().races()),
        errand.model().isEmpty() ? Standby.none() : Standby.model(jvm, 0));
  }

  @Override
  public void close() {
    plain.close();
    agent.close();
    model.close();
  }
}
