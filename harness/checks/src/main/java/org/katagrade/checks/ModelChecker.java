package org.katagrade.checks;

import java.util.List;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.strategy.IncorrectResultsFailure;
import org.jetbrains.kotlinx.lincheck.strategy.LincheckFailure;
import org.jetbrains.kotlinx.lincheck.strategy.ManagedDeadlockFailure;
import org.jetbrains.kotlinx.lincheck.strategy.ManagedLivelockFailure;
import org.jetbrains.kotlinx.lincheck.strategy.ObstructionFreedomViolationFailure;
import org.jetbrains.kotlinx.lincheck.strategy.TimeoutFailure;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.katagrade.checks.evidence.History;

/** Runs Lincheck and translates what it found. */
final class ModelChecker {

  /** How much to check. */
  record Size(int threads, int each, int before, int after) {}

  private final Class<?> operations;
  private final Class<?> specification;
  private final Size size;
  private final List<ExecutionScenario> given;

  ModelChecker(
      Class<?> operations, Class<?> specification, Size size, List<Scenarios.Given> given) {
    this.operations = operations;
    this.specification = specification;
    this.size = size;
    this.given = given.stream().map(new Scenarios(operations)::of).toList();
  }

  /**
   * Model checks; stress-tests where that is impossible. Lincheck cannot control what does not
   * repeat itself, such as the random levels of a {@code ConcurrentSkipListMap}, and says so with
   * an exception, which is no fault of the submission.
   */
  void run() {
    try {
      check(new ModelCheckingOptions().invocationsPerIteration(Effort.INVOCATIONS));
    } catch (IllegalStateException e) {
      if (!String.valueOf(e.getMessage()).contains("Non-determinism")) {
        throw e;
      }
      check(new StressOptions().invocationsPerIteration(Effort.STRESS_INVOCATIONS));
    }
  }

  private void check(Options<?, ?> options) {
    given.forEach(options::addCustomScenario);
    options
        .iterations(Effort.scenariosBeside(given.size()))
        .threads(size.threads())
        .actorsPerThread(size.each())
        .actorsBefore(size.before())
        .actorsAfter(size.after())
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
