package kata14;

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

/**
 * One thread stands still in the middle of an operation while another works.
 *
 * <p>The first is stopped at each of its uses of a key in turn, in a new cache each time. The other
 * then either finishes or waits for the first; both are right. So is every result that some order
 * of the operations explains. What it cannot see: moments between two steps that use no key.
 *
 * @param before done to the cache first
 * @param stopped the operation that is stopped
 * @param meanwhile what the other thread does
 */
record Encounter(List<Step> before, Step stopped, List<Step> meanwhile) {

  /** More uses of a key than any operation on so few entries needs. */
  private static final int MANY = 60;

  /** More processor time than so few operations need. */
  private static final long SPINNING_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** What both threads saw, and what a single one saw afterwards. */
  record Outcome(Object stopped, List<Object> meanwhile, List<Object> after) {

    Outcome {
      meanwhile = new ArrayList<>(meanwhile);
      after = new ArrayList<>(after);
    }
  }

  /** Something to look at once the other thread has done what it could and the first goes on. */
  @FunctionalInterface
  interface Look {
    void at(Outcome outcome, String moment);
  }

  /** Has a look after each moment. */
  void atEveryMoment(Supplier<LruCache<Key, Integer>> caches, List<Step> afterwards, Look look)
      throws Exception {
    for (int at = 1; at <= MANY; at++) {
      LruCache<Key, Integer> cache = caches.get();
      before.forEach(step -> step.on(cache));
      try (Stop stop = new Stop(at, stopped.toString());
          Crowd<Object> first = Crowd.of(1, () -> stop.during(() -> stopped.on(cache)))) {
        if (!stop.isReached()) {
          stop.release();
          first.allFinish();
          return;
        }
        AtomicReference<Thread> thread = new AtomicReference<>();
        try (Crowd<List<Object>> second =
            Crowd.of(
                1,
                () -> {
                  thread.set(Thread.currentThread());
                  return all(meanwhile, cache);
                })) {
          settle(second, thread);
          stop.release();
          first.allFinish();
          second.allFinish();
          look.at(
              new Outcome(
                  first.results().getFirst(), second.results().getFirst(), all(afterwards, cache)),
              "stopped at use number %d of a key".formatted(at));
        }
      }
    }
  }

  /** Fails unless at every moment some order explains all results, whatever is asked afterwards. */
  void hasAnOrderAtEveryMoment(int capacity, Supplier<LruCache<Key, Integer>> caches)
      throws Exception {
    for (List<Step> questions : questions()) {
      Set<Outcome> explained = explained(capacity, questions);
      atEveryMoment(
          caches,
          questions,
          (outcome, moment) -> {
            if (!explained.contains(outcome)) {
              throw new AssertionError(
                  ("expected some order of the operations to explain what two threads saw,"
                          + " but none does: after %s one thread did %s, %s, and got %s;"
                          + " the other did %s meanwhile and got %s; then %s gave %s")
                      .formatted(
                          text(before),
                          stopped,
                          moment,
                          outcome.stopped(),
                          text(meanwhile),
                          outcome.meanwhile(),
                          text(questions),
                          outcome.after()));
            }
          });
    }
  }

  private Set<Outcome> explained(int capacity, List<Step> questions) {
    Set<Outcome> outcomes = new LinkedHashSet<>();
    for (int place = 0; place <= meanwhile.size(); place++) {
      LruCache<Key, Integer> cache = new SequentialCache<>(capacity);
      all(before, cache);
      List<Object> others = all(meanwhile.subList(0, place), cache);
      Object own = stopped.on(cache);
      others.addAll(all(meanwhile.subList(place, meanwhile.size()), cache));
      outcomes.add(new Outcome(own, others, all(questions, cache)));
    }
    return outcomes;
  }

  /**
   * Ways to ask what is there, and in which order of recency: push one entry out with a new key,
   * ask whether it was this one, and again. To ask for an entry that is there uses it, hence every
   * order of asking.
   */
  private List<List<Step>> questions() {
    Set<Integer> keys = new LinkedHashSet<>();
    List<Step> steps = new ArrayList<>(before);
    steps.add(stopped);
    steps.addAll(meanwhile);
    for (Step step : steps) {
      switch (step) {
        case Step.Get(int key) -> keys.add(key);
        case Step.Put(int key, int value) -> keys.add(key);
        case Step.Size() -> {}
      }
    }
    List<List<Step>> all = new ArrayList<>();
    all.add(keys.stream().<Step>map(Step.Get::new).toList());
    for (List<Integer> order : permutations(List.copyOf(keys))) {
      List<Step> questions = new ArrayList<>(List.of(new Step.Size()));
      for (int i = 0; i < order.size(); i++) {
        questions.add(new Step.Put(100 + i));
        questions.add(new Step.Get(order.get(i)));
      }
      questions.add(new Step.Size());
      all.add(questions);
    }
    return all;
  }

  private static List<List<Integer>> permutations(List<Integer> keys) {
    if (keys.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (Integer key : keys) {
      List<Integer> others = new ArrayList<>(keys);
      others.remove(key);
      for (List<Integer> rest : permutations(others)) {
        List<Integer> order = new ArrayList<>(List.of(key));
        order.addAll(rest);
        all.add(order);
      }
    }
    return all;
  }

  /**
   * Waits until the thread has finished, or waits for the one that stands still, be it by spinning.
   * Nothing is concluded from it.
   */
  private static void settle(Crowd<?> crowd, AtomicReference<Thread> thread) {
    while (crowd.finished() == 0) {
      Thread started = thread.get();
      if (started != null
          && (started.getState() != Thread.State.RUNNABLE
              || ManagementFactory.getThreadMXBean().getThreadCpuTime(started.threadId())
                  > SPINNING_NANOS)) {
        return;
      }
      Thread.yield();
    }
  }

  private static List<Object> all(List<Step> steps, LruCache<Key, Integer> cache) {
    List<Object> results = new ArrayList<>();
    for (Step step : steps) {
      results.add(step.on(cache));
    }
    return results;
  }

  private static String text(List<Step> steps) {
    return steps.isEmpty() ? "nothing" : steps.stream().map(Step::toString).collect(joining(" "));
  }
}
