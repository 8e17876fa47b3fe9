package org.katagrade.checks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.strategy.IncorrectResultsFailure;
import org.jetbrains.kotlinx.lincheck.strategy.LincheckFailure;
import org.jetbrains.kotlinx.lincheck.strategy.ManagedDeadlockFailure;
import org.jetbrains.kotlinx.lincheck.strategy.ManagedLivelockFailure;
import org.jetbrains.kotlinx.lincheck.strategy.ObstructionFreedomViolationFailure;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.History;
import org.katagrade.checks.evidence.Operation;

/** Runs Lincheck and translates what it found. */
final class ModelChecker {

  /** How much to check. */
  record Size(int threads, int each, int before, int after) {}

  /**
   * Lincheck's own limit in wall time for one run of a scenario, after which it reports a failure
   * whatever the threads were doing: waiting, working long, or waiting for a processor on a busy
   * machine. So it is put out of reach: threads that all wait are seen by who waits for the check,
   * and threads that work come to the limit of processor time.
   */
  private static final long OUT_OF_REACH_MILLIS = TimeUnit.HOURS.toMillis(24);

  private final Class<?> operations;
  private final Class<?> specification;
  private final Size size;
  private final List<ExecutionScenario> given;
  private final List<Operation> beginning;

  /**
   * To be run.
   *
   * @param beginning what creating the operations does, for who reads a history
   */
  ModelChecker(
      Class<?> operations,
      Class<?> specification,
      Size size,
      List<Scenarios.Given> given,
      List<Operation> beginning) {
    this.beginning = List.copyOf(beginning);
    this.operations = operations;
    this.specification = specification;
    this.size = size;
    Scenarios scenarios = new Scenarios(operations);
    this.given = given.stream().map(each -> scenario(scenarios, each)).toList();
  }

  private static ExecutionScenario scenario(Scenarios scenarios, Scenarios.Given given) {
    List<List<Actor>> parallel =
        given.threads().stream().map(thread -> actors(scenarios.calls(thread))).toList();
    return new ExecutionScenario(List.of(), parallel, actors(scenarios.calls(given.after())), null);
  }

  private static List<Actor> actors(List<Invocation> calls) {
    return calls.stream().map(call -> new Actor(call.method(), call.arguments())).toList();
  }

  /**
   * Model checks; stress-tests where that is impossible. Lincheck cannot control what does not
   * repeat itself, such as the random levels of a {@code ConcurrentSkipListMap}, and says so with
   * an exception, which is no fault of the submission.
   */
  void run() {
    try {
      modelCheck();
    } catch (IllegalStateException e) {
      if (!String.valueOf(e.getMessage()).contains("Non-determinism")) {
        throw e;
      }
      report(found(whole(new StressOptions().invocationsPerIteration(Effort.STRESS_INVOCATIONS))));
    }
  }

  /**
   * Lincheck takes a loop of more than fifty rounds, or a recursion of more than twenty calls, for
   * one without an end, and finds true ones fast that way. What it calls a livelock is tried again
   * with far higher bounds, so that a call that only works long is not taken for one that never
   * ends.
   */
  private void modelCheck() {
    LincheckFailure failure = found(whole(modelChecking()));
    if (failure == null || !isLivelock(failure)) {
      report(failure);
      return;
    }
    LincheckFailure again =
        found(patient(modelChecking().addCustomScenario(failure.getScenario()).iterations(0)));
    report(again != null ? again : found(patient(whole(modelChecking()))));
  }

  private static ModelCheckingOptions modelChecking() {
    return new ModelCheckingOptions().invocationsPerIteration(Effort.INVOCATIONS);
  }

  private static boolean isLivelock(LincheckFailure failure) {
    return failure instanceof ManagedLivelockFailure
        && !LincheckHistory.everybodyWaitsForALock(failure);
  }

  private static ModelCheckingOptions patient(ModelCheckingOptions options) {
    return options
        .loopBound(Effort.LOOP_BOUND)
        .recursionBound(Effort.RECURSION_BOUND)
        .minimizeFailedScenario(false);
  }

  /** With all scenarios. */
  private <O extends Options<O, ?>> O whole(O options) {
    given.forEach(options::addCustomScenario);
    return options
        .iterations(Effort.scenariosBeside(given.size()))
        .threads(size.threads())
        .actorsPerThread(size.each())
        .actorsBefore(size.before())
        .actorsAfter(size.after())
        .minimizeFailedScenario(true);
  }

  private @Nullable LincheckFailure found(Options<?, ?> options) {
    options.logLevel(LoggingLevel.OFF).sequentialSpecification(specification);
    options.invocationTimeout$lincheck(OUT_OF_REACH_MILLIS);
    try {
      options.check(operations);
      return null;
    } catch (LincheckAssertionError e) {
      return e.getFailure$lincheck();
    }
  }

  private void report(@Nullable LincheckFailure failure) {
    if (failure != null) {
      throw translated(failure);
    }
  }

  private AssertionError translated(LincheckFailure failure) {
    History history = LincheckHistory.of(failure, specification, beginning);
    return switch (failure) {
      case IncorrectResultsFailure results ->
          new NotLinearizableError("no sequential order explains a history", history);
      case ManagedDeadlockFailure deadlock ->
          new HangError("the operations wait for each other for ever", false, history);
      case ManagedLivelockFailure livelock when LincheckHistory.everybodyWaitsForALock(livelock) ->
          new HangError("the operations wait for each other for ever", false, history);
      case ManagedLivelockFailure livelock ->
          new HangError(
              "an operation did not end within %d rounds of a loop, or %d calls inside each other"
                  .formatted(Effort.LOOP_BOUND, Effort.RECURSION_BOUND),
              true,
              history);
      case ObstructionFreedomViolationFailure obstruction ->
          new HangError("an operation waits for a thread that does not run", true, history);
      default -> throw new HarnessError("Lincheck reports " + failure);
    };
  }
}
