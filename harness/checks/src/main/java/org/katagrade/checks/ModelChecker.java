package org.katagrade.checks;

import org.jetbrains.kotlinx.lincheck.strategy.IncorrectResultsFailure;
import org.jetbrains.kotlinx.lincheck.strategy.LincheckFailure;
import org.jetbrains.kotlinx.lincheck.strategy.ManagedDeadlockFailure;
import org.jetbrains.kotlinx.lincheck.strategy.ManagedLivelockFailure;
import org.jetbrains.kotlinx.lincheck.strategy.ObstructionFreedomViolationFailure;
import org.jetbrains.kotlinx.lincheck.strategy.TimeoutFailure;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.katagrade.checks.evidence.History;

/** Runs Lincheck and translates what it found. */
final class ModelChecker {

  private ModelChecker() {}

  static void run(
      Class<?> operations, Class<?> specification, int threads, int each, int before, int after) {
    ModelCheckingOptions options =
        new ModelCheckingOptions()
            .iterations(Effort.SCENARIOS)
            .invocationsPerIteration(Effort.INVOCATIONS)
            .threads(threads)
            .actorsPerThread(each)
            .actorsBefore(before)
            .actorsAfter(after)
            .minimizeFailedScenario(true)
            .logLevel(LoggingLevel.OFF)
            .sequentialSpecification(specification);
    try {
      options.check(operations);
    } catch (LincheckAssertionError e) {
      throw translated(e.getFailure$lincheck(), specification);
    }
  }

  private static AssertionError translated(LincheckFailure failure, Class<?> specification) {
    History history = LincheckHistory.of(failure, specification);
    return switch (failure) {
      case IncorrectResultsFailure results ->
          new NotLinearizableError("no sequential order explains a history", history);
      case ManagedDeadlockFailure deadlock ->
          new HangError("the operations wait for each other for ever", false, history);
      case ManagedLivelockFailure livelock ->
          new HangError("the operations run for ever and get nowhere", true, history);
      case ObstructionFreedomViolationFailure obstruction ->
          new HangError("an operation waits for a thread that does not run", true, history);
      case TimeoutFailure timeout -> new HangError("an operation did not end", false, history);
      default -> throw new HarnessError("Lincheck reports " + failure);
    };
  }
}
