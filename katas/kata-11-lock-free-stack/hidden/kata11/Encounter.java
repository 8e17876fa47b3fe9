package kata11;

import static java.util.stream.Collectors.joining;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.katagrade.checks.Crowd;
import org.katagrade.checks.Effort;

/**
 * One thread stands still in the middle of an operation while another works.
 *
 * <p>The first is stopped before and after each of its steps at a node's link in turn, on a new
 * stack each time. What it cannot see: moments between two steps that are at no link.
 *
 * @param before done to the stack first
 * @param stopped the operation that is stopped
 * @param meanwhile what the other thread does
 */
record Encounter(List<Step> before, Step stopped, List<Step> meanwhile) {

  /** More steps than any operation needs. */
  private static final int MANY = 60;

  /** How many steps and results are told at most. */
  private static final int MOST_TOLD = 8;

  /** More processor time than so few operations need, for going on without a conclusion. */
  private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Where schedules are chosen and nobody uses processor time, so many turns instead. */
  private static final int MANY_LOOKS = 200;

  /** As much more that a thread which uses it can only be spinning. */
  private static final long SPINNING_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What both threads saw, and what was left on the stack. */
  record Outcome(String stopped, List<String> meanwhile, List<String> left) {

    Outcome {
      meanwhile = List.copyOf(meanwhile);
      left = List.copyOf(left);
    }
  }

  /** What the other thread's work must be when the first stands still. */
  @FunctionalInterface
  private interface Condition {
    void await(Crowd<?> other, AtomicReference<Thread> thread) throws InterruptedException;
  }

  /** Fails unless at every moment some order explains all results. The other thread may wait. */
  void hasAnOrderAtEveryMoment(Supplier<LockFreeStack> stacks) throws Exception {
    Set<Outcome> explained = explained();
    for (int at = 1; at <= MANY; at++) {
      Outcome outcome = outcome(stacks.get(), at, Encounter::settle);
      if (outcome == null) {
        return;
      }
      if (!explained.contains(outcome)) {
        throw new AssertionError(
            ("expected some order of the operations to explain what two threads saw,"
                    + " but none does: after %s one thread did %s, stopped at step %d at a link,"
                    + " and got %s; the other did %s meanwhile and got %s;"
                    + " and then there were left, from the top, %s")
                .formatted(
                    text(before),
                    stopped,
                    at,
                    outcome.stopped(),
                    text(meanwhile),
                    outcome.meanwhile().stream().limit(MOST_TOLD).toList(),
                    outcome.left()));
      }
    }
  }

  /**
   * Fails unless the other thread finishes while the first stands still, wherever that is. An
   * operation that is at no link is not stopped.
   */
  void stopsNobody(Supplier<LockFreeStack> stacks) throws Exception {
    for (int at = 1; at <= MANY; at++) {
      if (outcome(stacks.get(), at, this::finishes) == null) {
        return;
      }
    }
  }

  /** What came of it, or null if the operation ended before that step. */
  private Outcome outcome(LockFreeStack stack, int at, Condition condition) throws Exception {
    all(before, stack);
    try (Stop stop = new Stop(at, stopped.toString());
        Crowd<String> first =
            Crowd.of(1, () -> stop.during(() -> stopped.on(stack, new ArrayList<>())))) {
      if (!stop.isReached()) {
        stop.release();
        first.allFinish();
        return null;
      }
      AtomicReference<Thread> thread = new AtomicReference<>();
      try (Crowd<List<String>> second =
          Crowd.of(
              1,
              () -> {
                thread.set(Thread.currentThread());
                return all(meanwhile, stack);
              })) {
        condition.await(second, thread);
        stop.release();
        first.allFinish();
        second.allFinish();
        return new Outcome(first.results().getFirst(), second.results().getFirst(), left(stack));
      }
    }
  }

  private Set<Outcome> explained() {
    Set<Outcome> outcomes = new LinkedHashSet<>();
    for (int place = 0; place <= meanwhile.size(); place++) {
      LockFreeStack stack = new SequentialStack();
      all(before, stack);
      List<Node> hand = new ArrayList<>();
      List<String> others = all(meanwhile.subList(0, place), stack, hand);
      String own = stopped.on(stack, new ArrayList<>());
      others.addAll(all(meanwhile.subList(place, meanwhile.size()), stack, hand));
      outcomes.add(new Outcome(own, others, left(stack)));
    }
    return outcomes;
  }

  private List<String> left(LockFreeStack stack) {
    List<String> names = new ArrayList<>();
    int most = before.size() + meanwhile.size() + 2;
    for (Node node = stack.pop(); node != null && names.size() < most; node = stack.pop()) {
      names.add(node.toString());
    }
    return names;
  }

  /** Waits until the thread has finished, or waits for the one that stands still, or spins. */
  private static void settle(Crowd<?> other, AtomicReference<Thread> thread) {
    int looks = Effort.many(Integer.MAX_VALUE, MANY_LOOKS);
    while (other.finished() == 0
        && !waits(thread.get())
        && processorTime(thread) <= BUSY_NANOS
        && looks-- > 0) {
      Thread.yield();
    }
  }

  private void finishes(Crowd<?> other, AtomicReference<Thread> thread)
      throws InterruptedException {
    while (other.finished() == 0 && !waits(thread.get())) {
      if (processorTime(thread) > SPINNING_NANOS) {
        throw new AssertionError(
            ("expected %s to finish while another thread stands still inside %s,"
                    + " but it kept the processor busy: it spins until the other goes on")
                .formatted(text(meanwhile), stopped));
      }
      Thread.yield();
    }
    other.allFinish();
  }

  private static boolean waits(Thread thread) {
    return thread != null && thread.getState() != Thread.State.RUNNABLE;
  }

  private static long processorTime(AtomicReference<Thread> thread) {
    Thread started = thread.get();
    return started == null
        ? 0
        : ManagementFactory.getThreadMXBean().getThreadCpuTime(started.threadId());
  }

  private static List<String> all(List<Step> steps, LockFreeStack stack) {
    return all(steps, stack, new ArrayList<>());
  }

  private static List<String> all(List<Step> steps, LockFreeStack stack, List<Node> hand) {
    List<String> results = new ArrayList<>();
    for (Step step : steps) {
      results.add(step.on(stack, hand));
    }
    return results;
  }

  private static String text(List<Step> steps) {
    if (steps.isEmpty()) {
      return "nothing";
    }
    return steps.stream().limit(MOST_TOLD).map(Step::toString).collect(joining(" "))
        + (steps.size() > MOST_TOLD ? " and %d more".formatted(steps.size() - MOST_TOLD) : "");
  }
}
