package org.katagrade.grader.grade;

import java.util.List;
import org.katagrade.grader.kata.DeclaredCheck;

/**
 * Which checks to run in which lane.
 *
 * @param plain with real threads, in order
 * @param agent again under the race detector, in order
 * @param model with Lincheck
 */
record Errand(List<DeclaredCheck> plain, List<DeclaredCheck> agent, List<DeclaredCheck> model) {

  Errand {
    plain = List.copyOf(plain);
    agent = List.copyOf(agent);
    model = List.copyOf(model);
  }

  /** How many verdicts it will bring. */
  int verdicts() {
    return plain.size() + model.size() + (agent.isEmpty() ? 0 : 1);
  }
}
