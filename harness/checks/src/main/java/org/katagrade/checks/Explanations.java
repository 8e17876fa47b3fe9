package org.katagrade.checks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a sequential order explains a history (Herlihy and Wing, TOPLAS 1990), by the
 * search of Wing and Gong (JPDC 1993) with Lowe's memory of what was tried (CCPE 2017): calls that
 * led to the same state by another order are not tried again.
 *
 * <p>Operations may wait, as {@link Await} says. A call that has not returned may have taken effect
 * or not. When nobody could go on, it must be waiting by the specification too, in the state that
 * the same order leads to; the notion is that of stuck histories (Burckhardt et al., PLDI 2010),
 * asked of all that wait at once.
 *
 * <p>For use by one thread.
 */
final class Explanations {

  /** Far more than a dozen calls can need; a specification in which each state is new, say. */
  private static final int MOST_STATES = 1_000_000;

  private final Specification specification;
  private final List<Call> calls;
  private final boolean stuck;
  private final Integer[] byEnd;
  private final Shape.Taker shapes = new Shape.Taker();
  private final Set<Reached> inVain = new HashSet<>();

  private final List<Integer> order = new ArrayList<>();
  private final Await.@Nullable Later<?>[] later;
  private Object object;
  private long begun;
  private long done;
  private int states;

  private Explanations(Specification specification, List<Call> calls, boolean stuck) {
    if (calls.size() > Long.SIZE) {
      throw new IllegalArgumentException("more than " + Long.SIZE + " calls");
    }
    this.specification = specification;
    this.calls = List.copyOf(calls);
    this.stuck = stuck;
    this.byEnd = IntStream.range(0, calls.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(byEnd, Comparator.comparingInt(call -> calls.get(call).ended()));
    this.later = new Await.Later<?>[calls.size()];
    this.object = specification.create();
  }

  /** Whether an order explains a history that may go on. */
  static boolean anyOf(Specification specification, List<Call> calls) {
    return new Explanations(specification, calls, false).search();
  }

  /** Whether an order explains a history after which nobody could go on. */
  static boolean anyOfStuck(Specification specification, List<Call> calls) {
    return new Explanations(specification, calls, true).search();
  }

  /** Which calls have taken effect and which are over, and the state they led to. */
  private record Reached(long begun, long done, List<@Nullable Object> state) {}

  private boolean search() {
    if (isExplained()) {
      return true;
    }
    if (++states > MOST_STATES) {
      throw new HarnessError("a history of " + calls.size() + " calls has too many orders");
    }
    // As long as nothing was in vain there is nothing to remember; most searches end before.
    if (!inVain.isEmpty() && inVain.contains(reached())) {
      return false;
    }
    long begunBefore = begun;
    long doneBefore = done;
    int earliestEnd = earliestEnd();
    boolean changed = false;
    for (int call : byEnd) {
      if (isSet(begun, call) || calls.get(call).begun() > earliestEnd) {
        continue;
      }
      if (changed) {
        goBack(begunBefore, doneBefore);
      }
      Specification.Answer answer = specification.run(object, calls.get(call).invocation());
      changed = !(answer instanceof Specification.Answer.Waits);
      if (changed && agrees(call, answer) && search()) {
        return true;
      }
    }
    if (changed) {
      goBack(begunBefore, doneBefore);
    }
    inVain.add(reached());
    return false;
  }

  /** Whether all that returned is explained, and all that waits waits by the specification. */
  private boolean isExplained() {
    for (int call = 0; call < calls.size(); call++) {
      if (!isSet(done, call) && !calls.get(call).isPending()) {
        return false;
      }
    }
    return !stuck || everybodyLeftWaits();
  }

  /**
   * Whether those that have not taken effect cannot. What has, and may not return yet, waits; what
   * may return was not let come this far.
   */
  private boolean everybodyLeftWaits() {
    for (int call = 0; call < calls.size(); call++) {
      if (!isSet(begun, call)
          && !(specification.run(object, calls.get(call).invocation())
              instanceof Specification.Answer.Waits)) {
        goBack(begun, done);
        return false;
      }
    }
    return true;
  }

  /** When the first of the calls that are not over ended. */
  private int earliestEnd() {
    for (int call : byEnd) {
      if (!isSet(done, call)) {
        return calls.get(call).ended();
      }
    }
    return Call.NEVER;
  }

  /** Whether what is told by a call that has taken effect now agrees with the history. */
  private boolean agrees(int call, Specification.Answer answer) {
    begun |= 1L << call;
    order.add(call);
    switch (answer) {
      case Specification.Answer.Waits waits -> throw new IllegalStateException("it waits");
      case Specification.Answer.Gives gives -> {
        if (!returns(call, gives.result())) {
          return false;
        }
      }
      case Specification.Answer.Returns returns -> later[call] = returns.later();
    }
    return whatIsOverReturns();
  }

  private boolean whatIsOverReturns() {
    for (int call = 0; call < calls.size(); call++) {
      Await.Later<?> rest = later[call];
      if (rest != null
          && isSet(begun, call)
          && !isSet(done, call)
          && rest.isOver()
          && !returns(call, rest.end())) {
        return false;
      }
    }
    return true;
  }

  /** Whether a call can have returned this. */
  private boolean returns(int call, String result) {
    String seen = calls.get(call).result();
    done |= 1L << call;
    return seen == null ? !stuck : seen.equals(result);
  }

  /** Makes the state again in which only these had taken effect. */
  private void goBack(long begunThen, long doneThen) {
    while (order.size() > Long.bitCount(begunThen)) {
      order.removeLast();
    }
    begun = begunThen;
    done = doneThen;
    object = specification.create();
    Arrays.fill(later, null);
    for (int call : order) {
      if (specification.run(object, calls.get(call).invocation())
          instanceof Specification.Answer.Returns returns) {
        later[call] = returns.later();
      }
    }
  }

  private Reached reached() {
    List<@Nullable Object> roots = new ArrayList<>();
    roots.add(object);
    for (int call = 0; call < later.length; call++) {
      if (later[call] != null && !isSet(done, call)) {
        roots.add(call);
        roots.add(later[call]);
      }
    }
    return new Reached(begun, done, shapes.of(roots));
  }

  private static boolean isSet(long calls, int call) {
    return (calls & 1L << call) != 0;
  }
}
