package org.katagrade.races;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Gatherer;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Gatherers: those of the JDK, and some written by hand. */
final class GathererSteps {

  private static final String CONCURRENT =
      "Gatherers.mapConcurrent: JLS 17.4.4, start of a thread; Future.get of its result";

  private static final String GATHERER =
      "Gatherer: sequential without a combiner; with one, a state belongs to one partition";

  private int value;

  private GathererSteps() {}

  private GathererSteps(int value) {
    this.value = value;
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static Stream<GathererSteps> made(int number) {
    return IntStream.range(0, number).parallel().mapToObj(GathererSteps::new);
  }

  @RaceFree(CONCURRENT)
  static void mappedByOtherThreads(Fork fork) {
    List<GathererSteps> given = made(20).toList();
    List<GathererSteps> results =
        given.stream()
            .peek(box -> box.value++)
            .gather(Gatherers.mapConcurrent(4, box -> new GathererSteps(box.value++)))
            .peek(box -> box.value++)
            .toList();
    for (int i = 0; i < 20; i++) {
      expect(i + 2, results.get(i).value);
      expect(i + 2, given.get(i).value);
    }
    int sum =
        given.parallelStream()
            .gather(Gatherers.mapConcurrent(4, box -> box.value++))
            .mapToInt(value -> value)
            .sum();
    expect(230, sum);
  }

  @Racy
  static void countedByOtherThreads(Fork fork) {
    GathererSteps counter = new GathererSteps();
    Unseen bothGiven = new Unseen();
    Unseen counted = new Unseen();
    Stream.of(1, 2)
        .gather(
            Gatherers.mapConcurrent(
                2,
                number -> {
                  if (number == 1) {
                    bothGiven.await();
                  } else {
                    bothGiven.reached();
                    counted.await();
                  }
                  int count = counter.value++; // race: countedByOtherThreads
                  counted.reached();
                  return count;
                }))
        .toList();
  }

  @Racy
  static void changedOnceItWasGivenAway(Fork fork) {
    GathererSteps box = new GathererSteps();
    Unseen changed = new Unseen();
    List<Integer> seen =
        Stream.of(1, 2)
            .peek(
                number -> {
                  if (number == 2) {
                    box.value = 5; // race: changedOnceItWasGivenAway
                    changed.reached();
                  }
                })
            .gather(
                Gatherers.mapConcurrent(
                    2,
                    number -> {
                      changed.await();
                      return number == 1 ? box.value : 0; // race: changedOnceItWasGivenAway
                    }))
            .toList();
    expect(5, seen.getFirst());
  }

  @RaceFree(GATHERER)
  static void gatherersOfTheJdk(Fork fork) {
    List<List<GathererSteps>> windows =
        made(1000).gather(Gatherers.windowFixed(3)).peek(window -> window.get(0).value++).toList();
    expect(1, windows.getFirst().getFirst().value);
    List<GathererSteps> sums =
        made(1000)
            .gather(
                Gatherers.scan(
                    GathererSteps::new, (sum, box) -> new GathererSteps(sum.value + box.value)))
            .toList();
    expect(499_500, sums.getLast().value++);
    GathererSteps sum =
        made(1000)
            .gather(
                Gatherers.fold(
                    GathererSteps::new,
                    (all, box) -> {
                      all.value += box.value;
                      return all;
                    }))
            .findFirst()
            .orElseThrow();
    expect(499_500, sum.value++);
  }

  /** Passes on the sum, with a state of which each partition has one. */
  private static Gatherer<GathererSteps, GathererSteps, GathererSteps> summing(
      GathererSteps weight) {
    return Gatherer.of(
        () -> new GathererSteps(0),
        Gatherer.Integrator.ofGreedy(
            (sum, box, downstream) -> {
              sum.value += weight.value * box.value;
              return true;
            }),
        (one, other) -> {
          one.value += other.value;
          return one;
        },
        (sum, downstream) -> downstream.push(sum));
  }

  @RaceFree(GATHERER)
  static void aGathererOfOnesOwn(Fork fork) {
    GathererSteps weight = new GathererSteps();
    Stream<GathererSteps> sums = made(1000).gather(summing(weight));
    weight.value = 2;
    GathererSteps sum = sums.toList().getFirst();
    expect(999_000, sum.value++);
    List<List<GathererSteps>> windows =
        made(1000).gather(summing(weight)).gather(Gatherers.windowFixed(1)).toList();
    expect(999_000, windows.getFirst().getFirst().value++);
  }

  @RaceFree(GATHERER)
  static void sequentialInAParallelStream(Fork fork) {
    GathererSteps last = new GathererSteps();
    List<Integer> differences =
        made(1000)
            .gather(
                Gatherer.<GathererSteps, Integer>ofSequential(
                    (state, box, downstream) -> {
                      int before = last.value;
                      last.value = box.value;
                      return downstream.push(box.value - before);
                    }))
            .toList();
    expect(999, differences.stream().mapToInt(difference -> difference).sum());
  }

  @Racy
  static void countedInPartitions(Fork fork) {
    GathererSteps counter = new GathererSteps();
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    Gatherer<Integer, ?, Integer> counting =
        Gatherer.of(
            (state, number, downstream) -> {
              (number == 0 ? one : other).reached();
              (number == 0 ? other : one).await();
              return downstream.push(counter.value++); // race: countedInPartitions
            });
    // In a pool of two, whatever the machine has.
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.submit(() -> Stream.of(0, 1).parallel().gather(counting).toList()).join();
    }
  }
}
