package org.katagrade.checks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tries every sequential order of a history and says where each goes wrong. */
final class SequentialOrders {

  private static final int MOST_ORDERS = 2_000;
  private static final int MOST_REASONS = 4;

  private final Specification specification;
  private final List<Call> before;
  private final List<List<Call>> threads;
  private final List<Call> after;
  private final Map<String, Integer> reasons = new LinkedHashMap<>();
  private int orders;

  /**
   * Of calls in these threads, in the order in which each made them; what was called before and
   * after them, by nobody else at the same time, keeps its place.
   */
  SequentialOrders(
      Specification specification, List<Call> before, List<List<Call>> threads, List<Call> after) {
    this.specification = specification;
    this.before = List.copyOf(before);
    this.threads = threads.stream().map(List::copyOf).toList();
    this.after = List.copyOf(after);
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

  private void explore(int[] next, List<Call> sofar) {
    boolean complete = true;
    for (int thread = 0; thread < next.length; thread++) {
      if (next[thread] < threads.get(thread).size()) {
        Call call = threads.get(thread).get(next[thread]);
        complete &= call.isPending();
        if (isPossibleNow(call, next)) {
          sofar.add(call);
          next[thread]++;
          explore(next, sofar);
          next[thread]--;
          sofar.removeLast();
        }
      }
    }
    if (complete && orders < MOST_ORDERS) {
      orders++;
      judge(sofar);
    }
  }

  /** Whether no call is left that was over before this one began. */
  private boolean isPossibleNow(Call call, int[] next) {
    for (int thread = 0; thread < next.length; thread++) {
      if (next[thread] < threads.get(thread).size()
          && threads.get(thread).get(next[thread]).precedes(call)) {
        return false;
      }
    }
    return true;
  }

  private void judge(List<Call> parallel) {
    List<Call> order = new ArrayList<>(before);
    order.addAll(parallel);
    order.addAll(after);
    String reason = new Attempt(order).wrong();
    if (reason != null) {
      reasons.merge(reason, 1, Integer::sum);
    }
  }

  /** One order, tried. */
  private final class Attempt {

    private final List<Call> order;
    private final Map<Call, Await.Later<?>> begun = new LinkedHashMap<>();
    private final StringBuilder said = new StringBuilder();

    private Attempt(List<Call> order) {
      this.order = order;
    }

    /** Where it first differs from what was seen, in a sentence; null if it does not. */
    private @Nullable String wrong() {
      Object object = specification.create();
      for (Call call : order) {
        for (Call earlier : begun.keySet()) {
          if (earlier.precedes(call)) {
            return wouldWait(earlier);
          }
        }
        String wrong =
            switch (specification.run(object, call.invocation())) {
              case Specification.Answer.Gives gives -> unless(call, gives.result());
              case Specification.Answer.Waits waits -> wouldWait(call);
              case Specification.Answer.Returns returns -> {
                begun.put(call, returns.later());
                yield null;
              }
            };
        if (wrong == null) {
          said.append(said.isEmpty() ? "" : ", ").append(call.invocation());
          wrong = wrongEnd();
        }
        if (wrong != null) {
          return wrong;
        }
      }
      return begun.keySet().stream()
          .filter(call -> !call.isPending())
          .map(this::wouldWait)
          .findFirst()
          .orElse(null);
    }

    /** What is wrong with the end of one of those that had to wait for it. */
    private @Nullable String wrongEnd() {
      for (Call call : List.copyOf(begun.keySet())) {
        Await.Later<?> rest = begun.get(call);
        if (rest != null && rest.isOver()) {
          begun.remove(call);
          String wrong = unless(call, rest.end());
          if (wrong != null) {
            return wrong;
          }
        }
      }
      return null;
    }

    private @Nullable String unless(Call call, String would) {
      return call.result() == null || would.equals(call.result())
          ? null
          : "%s, %s would give %s, not %s"
              .formatted(place(), call.invocation(), would, call.result());
    }

    private String wouldWait(Call call) {
      return call.isPending()
          ? "%s, %s would wait".formatted(place(), call.invocation())
          : "%s, %s would wait and not give %s"
              .formatted(place(), call.invocation(), call.result());
    }

    private String place() {
      return said.isEmpty() ? "as the first" : "after " + said;
    }
  }
}
