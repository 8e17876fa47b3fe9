package org.katagrade.checks;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.katagrade.checks.evidence.Operation;

/** Tries every sequential order of a history and says where each goes wrong. */
final class SequentialOrders {

  private static final int MOST_ORDERS = 2_000;
  private static final int MOST_REASONS = 4;

  private final Class<?> specification;
  private final ExecutionScenario scenario;
  private final List<Operation> before;
  private final List<List<Operation>> threads;
  private final List<Operation> after;
  private final Map<String, Integer> reasons = new LinkedHashMap<>();
  private int orders;

  SequentialOrders(
      Class<?> specification,
      ExecutionScenario scenario,
      List<Operation> before,
      List<List<Operation>> threads,
      List<Operation> after) {
    this.specification = specification;
    this.scenario = scenario;
    this.before = before;
    this.threads = threads;
    this.after = after;
  }

  /** A sentence for each way the orders fail, the commonest first. */
  List<String> reasons() {
    explore(new int[threads.size()], new ArrayList<>());
    List<String> sentences = new ArrayList<>();
    sentences.add(
        orders == 1
            ? "there is only one order, and it does not give these results"
            : "none of the " + orders + " possible orders gives these results");
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_REASONS)
        .map(entry -> entry.getKey())
        .forEach(sentences::add);
    return sentences;
  }

  private record Call(Actor actor, Operation seen) {}

  private void explore(int[] next, List<Call> sofar) {
    boolean complete = true;
    for (int thread = 0; thread < next.length; thread++) {
      List<Actor> actors = scenario.getParallelExecution().get(thread);
      if (next[thread] < actors.size()) {
        complete = false;
        sofar.add(new Call(actors.get(next[thread]), threads.get(thread).get(next[thread])));
        next[thread]++;
        explore(next, sofar);
        next[thread]--;
        sofar.removeLast();
      }
    }
    if (complete && orders < MOST_ORDERS) {
      orders++;
      judge(sofar);
    }
  }

  private void judge(List<Call> parallel) {
    List<Call> order = new ArrayList<>();
    add(order, scenario.getInitExecution(), before);
    order.addAll(parallel);
    add(order, scenario.getPostExecution(), after);
    try {
      Constructor<?> constructor = specification.getDeclaredConstructor();
      constructor.setAccessible(true);
      Object object = constructor.newInstance();
      StringBuilder done = new StringBuilder();
      for (Call call : order) {
        String would = run(object, call.actor());
        if (!would.equals(call.seen().result())) {
          String after = done.isEmpty() ? "as the first" : "after " + done;
          reasons.merge(
              "%s, %s would give %s, not %s"
                  .formatted(after, call.seen().call(), would, call.seen().result()),
              1,
              Integer::sum);
          return;
        }
        done.append(done.isEmpty() ? "" : ", ").append(call.seen().call());
      }
    } catch (ReflectiveOperationException e) {
      throw new HarnessError("the specification " + specification.getName() + " fails: " + e);
    }
  }

  private static void add(List<Call> order, List<Actor> actors, List<Operation> seen) {
    for (int i = 0; i < actors.size(); i++) {
      order.add(new Call(actors.get(i), seen.get(i)));
    }
  }

  private String run(Object object, Actor actor) throws ReflectiveOperationException {
    Method method =
        specification.getMethod(actor.getMethod().getName(), actor.getMethod().getParameterTypes());
    method.setAccessible(true);
    try {
      Object result = method.invoke(object, actor.getArguments().toArray());
      return method.getReturnType() == void.class ? "void" : String.valueOf(result);
    } catch (InvocationTargetException e) {
      return Objects.requireNonNull(e.getCause()).getClass().getSimpleName();
    }
  }
}
