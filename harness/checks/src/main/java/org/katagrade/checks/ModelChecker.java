package org.katagrade.checks;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** Runs Lincheck; the one class that names it. */
final class ModelChecker {

  private ModelChecker() {}

  static void run(
      Class<?> operations, Class<?> specification, int threads, int each, int before, int after) {
    new ModelCheckingOptions()
        .iterations(Effort.SCENARIOS)
        .invocationsPerIteration(Effort.INVOCATIONS)
        .threads(threads)
        .actorsPerThread(each)
        .actorsBefore(before)
        .actorsAfter(after)
        .sequentialSpecification(specification)
        .check(operations);
  }
}
