package org.katagrade.races;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Parallel streams: objects made in one step and used in the next, collectors, own pools. */
final class ParallelCollectors {

  private static final String STREAM =
      "java.util.stream, Reduction operations: collect is safe if functions share nothing";

  private int value;

  private ParallelCollectors() {}

  private ParallelCollectors(int value) {
    this.value = value;
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static List<ParallelCollectors> upTo(int number) {
    List<ParallelCollectors> list = new ArrayList<>();
    for (int i = 1; i <= number; i++) {
      list.add(new ParallelCollectors(i));
    }
    return list;
  }

  @RaceFree(STREAM)
  static void madeChangedAndGathered(Fork fork) {
    ParallelCollectors[] result =
        IntStream.rangeClosed(1, 40)
            .parallel()
            .mapToObj(ParallelCollectors::new)
            .peek(box -> box.value++)
            .filter(box -> box.value % 2 == 0)
            .toArray(ParallelCollectors[]::new);
    expect(20, result.length);
    expect(2, result[0].value);
    result[0].value = 0;
  }

  @RaceFree(STREAM)
  static void textInOrder(Fork fork) {
    String text =
        upTo(30).parallelStream()
            .map(box -> (char) ('a' + box.value % 26))
            .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
            .toString();
    if (!text.startsWith("bcdef") || text.length() != 30) {
      throw new AssertionError(text);
    }
  }

  @RaceFree(STREAM)
  static void countedInCellsOfEachThread(Fork fork) {
    int[] counts =
        upTo(40).parallelStream()
            .collect(
                () -> new int[3],
                (cells, box) -> cells[box.value % 3]++,
                (cells, more) -> {
                  for (int i = 0; i < cells.length; i++) {
                    cells[i] += more[i];
                  }
                });
    expect(40, counts[0] + counts[1] + counts[2]);
    expect(14, counts[1]);
  }

  @RaceFree(STREAM)
  static void twoCollectorsAtOnce(Fork fork) {
    int range =
        upTo(20).parallelStream()
            .flatMap(box -> Stream.of(box, new ParallelCollectors(100 + box.value)))
            .collect(
                Collectors.teeing(
                    Collectors.summingInt((ParallelCollectors box) -> box.value),
                    Collectors.toList(),
                    (sum, list) -> sum - list.size()));
    expect(210 + 2210 - 40, range);
    Map<Boolean, List<ParallelCollectors>> parts =
        upTo(20).parallelStream().collect(Collectors.partitioningBy(box -> box.value > 5));
    expect(15, parts.get(true).size());
    expect(6, parts.get(true).getFirst().value);
  }

  @RaceFree("Future: what the computation does happens before what follows get(), which join() is")
  static void inAPoolOfItsOwn(Fork fork) {
    List<ParallelCollectors> list = upTo(20);
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.submit(() -> list.parallelStream().forEach(box -> box.value *= 2)).join();
      int sum = pool.submit(() -> list.parallelStream().mapToInt(box -> box.value).sum()).join();
      expect(420, sum);
    }
    expect(40, list.getLast().value);
  }

  @RaceFree("ConcurrentHashMap.newKeySet: add returns true for one of those that add the same")
  static void distinctByAConcurrentSet(Fork fork) {
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    long distinct =
        upTo(40).parallelStream()
            .unordered()
            .filter(box -> seen.add(box.value % 7))
            .mapToInt(box -> box.value)
            .count();
    expect(7, (int) distinct);
  }

  private static void inTwoThreads(Unseen here, Unseen there) {
    here.reached();
    there.await();
  }

  @Racy
  static void distinctByAHashSet(Fork fork) {
    Set<Integer> seen = new HashSet<>();
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    // In a pool of two, whatever the machine has.
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.submit(
              () ->
                  IntStream.range(0, 2)
                      .parallel()
                      .filter(
                          number -> {
                            inTwoThreads(number == 0 ? one : other, number == 0 ? other : one);
                            return seen.add(number); // race: distinctByAHashSet
                          })
                      .sum())
          .join();
    }
  }

  @Racy
  static void lastOneRememberedByPeek(Fork fork) {
    ParallelCollectors last = new ParallelCollectors();
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.submit(
              () ->
                  Stream.of(1, 2)
                      .parallel()
                      .peek(
                          number -> {
                            inTwoThreads(number == 1 ? one : other, number == 1 ? other : one);
                            last.value = number; // race: lastOneRememberedByPeek
                          })
                      .toList())
          .join();
    }
  }
}
