package org.katagrade.grader.prove;

import java.util.List;
import org.katagrade.grader.kata.Kata;

/** Hears how a proof goes on, from several threads and in no order. */
public interface ProveListener {

  /** The stub and the reference have been graded. */
  default void groundProven(Kata kata, List<String> faults) {}

  /** A mutant has been graded. */
  default void judged(Kata kata, Proof.Fate fate) {}
}
