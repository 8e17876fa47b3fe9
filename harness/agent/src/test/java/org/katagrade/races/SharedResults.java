package org.katagrade.races;

import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Collectors into one map that all threads of a pipeline share. */
final class SharedResults {

  private int value;

  private SharedResults(int value) {
    this.value = value;
  }

  private static SharedResults added(SharedResults one, SharedResults other) {
    return new SharedResults(one.value + other.value);
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  /** Runs it for two numbers in two threads, at the same time. */
  private static void forTwo(Collector<Integer, ?, ?> collector) {
    // In a pool of two, whatever the machine has.
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.submit(() -> IntStream.range(0, 2).parallel().boxed().collect(collector)).join();
    }
  }

  @RaceFree(
      "Collectors.toConcurrentMap: the map merges; ConcurrentHashMap: an update happens before"
          + " what sees its value")
  static void mergedIntoOneMap(Fork fork) {
    ConcurrentMap<Integer, SharedResults> sums =
        IntStream.range(0, 300)
            .parallel()
            .boxed()
            .collect(
                Collectors.toConcurrentMap(i -> i % 3, SharedResults::new, SharedResults::added));
    expect(14950, sums.get(1).value);
    ConcurrentMap<Integer, SharedResults> sorted =
        IntStream.range(0, 300)
            .parallel()
            .boxed()
            .collect(
                Collectors.toConcurrentMap(
                    i -> i % 3,
                    SharedResults::new,
                    SharedResults::added,
                    ConcurrentSkipListMap::new));
    expect(15050, sorted.get(2).value);
  }

  @Racy
  static void mergedForTwoKeysAndCounted(Fork fork) {
    SharedResults merged = new SharedResults(0);
    List<Unseen> both = List.of(new Unseen(), new Unseen());
    // Each number is there twice: one of them waits in the merge for the other.
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.submit(
              () ->
                  IntStream.range(0, 4)
                      .parallel()
                      .boxed()
                      .collect(
                          Collectors.toConcurrentMap(
                              i -> i / 2,
                              i -> i / 2,
                              (one, other) -> {
                                both.get(one).reached();
                                both.get(1 - one).await();
                                merged.value++; // race: mergedForTwoKeysAndCounted
                                return one;
                              })))
          .join();
    }
  }

  @RaceFree(
      "Collectors.groupingByConcurrent: a container that is not safe is changed by one thread"
          + " at a time")
  static void groupedIntoOneMap(Fork fork) {
    ConcurrentMap<Integer, SharedResults> sums =
        IntStream.range(0, 300)
            .parallel()
            .boxed()
            .collect(
                Collectors.groupingByConcurrent(
                    i -> i % 3,
                    Collector.of(
                        () -> new SharedResults(0),
                        (SharedResults sum, Integer i) -> sum.value += i,
                        SharedResults::added)));
    expect(14950, sums.get(1).value);
  }

  @Racy
  static void groupedAndCounted(Fork fork) {
    SharedResults counted = new SharedResults(0);
    List<Unseen> both = List.of(new Unseen(), new Unseen());
    forTwo(
        Collectors.groupingByConcurrent(
            i -> i,
            Collector.of(
                () -> new SharedResults(0),
                (SharedResults sum, Integer i) -> {
                  both.get(i).reached();
                  both.get(1 - i).await();
                  counted.value++; // race: groupedAndCounted
                },
                SharedResults::added)));
  }
}
