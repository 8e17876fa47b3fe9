package org.katagrade.checks;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.History;
import org.katagrade.checks.evidence.Operation;

/** Runs scenarios on threads of a check and looks for sequential orders that explain them. */
final class RecordedHistories {

  /** Of each scenario, where luck decides what they show. */
  private static final int ROUNDS = 4;

  private final Constructor<?> operations;
  private final Specification specification;
  private final List<Scenario> scenarios;
  private final List<Operation> beginning;

  /** What each thread does, and what is done when all are through or wait. */
  private record Scenario(List<List<Invocation>> threads, List<Invocation> after) {}

  /**
   * To be checked.
   *
   * @param beginning what creating the operations does, for who reads a history
   */
  RecordedHistories(
      Class<?> operations,
      Class<?> specification,
      List<Scenarios.Given> given,
      List<Operation> beginning) {
    this.beginning = List.copyOf(beginning);
    if (given.isEmpty()) {
      throw new IllegalStateException("explored() needs scenarios: say what runs concurrently");
    }
    try {
      this.operations = operations.getDeclaredConstructor();
      this.operations.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(operations + " cannot be created", e);
    }
    this.specification = new Specification(specification);
    Scenarios reader = new Scenarios(operations);
    this.scenarios =
        given.stream()
            .map(
                each ->
                    new Scenario(
                        each.threads().stream().map(reader::calls).toList(),
                        reader.calls(each.after())))
            .toList();
  }

  /** Checks them: in an explored run one of them, which is a choice of the schedule's. */
  void check() {
    Surroundings surroundings = Surroundings.current();
    try {
      if (surroundings.isExplored()) {
        run(surroundings, scenarios.get(surroundings.choose(scenarios.size())));
        return;
      }
      for (Effort.Round round : Effort.rounds(ROUNDS * scenarios.size())) {
        run(surroundings, scenarios.get(round.number() % scenarios.size()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while histories were recorded", e);
    }
  }

  private void run(Surroundings surroundings, Scenario scenario) throws InterruptedException {
    HistoryRecorder recorder = new HistoryRecorder(create());
    int threads = scenario.threads().size();
    try (var crowd =
        Crowd.numbered(
            threads, number -> recorder.record(number, scenario.threads().get(number)))) {
      Surroundings.Impasse impasse = surroundings.awaitState(() -> crowd.finished() == threads);
      judge(scenario, recorder, impasse);
      try (var last = Crowd.of(1, () -> recorder.record(threads, scenario.after()))) {
        int all = threads + 1;
        impasse = surroundings.awaitState(() -> crowd.finished() + last.finished() == all);
        judge(scenario, recorder, impasse);
        recorder.stop();
      }
    }
  }

  private Object create() {
    try {
      return operations.newInstance();
    } catch (ReflectiveOperationException e) {
      throw e.getCause() instanceof RuntimeException thrown
          ? thrown
          : new IllegalStateException("the operations could not be created", e);
    }
  }

  private void judge(
      Scenario scenario, HistoryRecorder recorder, Surroundings.@Nullable Impasse impasse) {
    List<Call> calls = recorder.calls();
    if (!Explanations.anyOf(specification, calls)) {
      throw new NotLinearizableError(
          "no sequential order explains a history", history(scenario, calls));
    }
    if (impasse != null && !Explanations.anyOfStuck(specification, calls)) {
      throw impasse.error(
          "expected %s to return, which nothing keeps waiting"
              .formatted(
                  String.join(
                      " and ",
                      calls.stream()
                          .filter(Call::isPending)
                          .map(call -> call.invocation().toString())
                          .toList())));
    }
  }

  private History history(Scenario scenario, List<Call> calls) {
    List<List<Call>> byThread = new ArrayList<>();
    for (int i = 0; i <= scenario.threads().size(); i++) {
      int thread = i;
      byThread.add(calls.stream().filter(call -> call.thread() == thread).toList());
    }
    List<String> reasons =
        new SequentialOrders(specification, List.of(), byThread, List.of()).reasons();
    List<List<Operation>> operations =
        byThread.stream().map(each -> each.stream().map(Call::operation).toList()).toList();
    return new History(
        beginning,
        operations.subList(0, operations.size() - 1),
        operations.getLast(),
        List.of(),
        reasons);
  }
}
