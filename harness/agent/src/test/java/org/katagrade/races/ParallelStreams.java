package org.katagrade.races;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Parallel streams. */
final class ParallelStreams {

  private static final String REDUCTION =
      "java.util.stream: reductions and collectors parallelize without additional synchronization";

  private int value;

  private ParallelStreams() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(REDUCTION)
  static void reduced(Fork fork) {
    expect(5050, IntStream.rangeClosed(1, 100).parallel().reduce(0, Integer::sum));
    expect(300, Collections.nCopies(100, "abc").parallelStream().mapToInt(String::length).sum());
  }

  private static final class Statistics {
    private int count;
    private int sum;

    void add(int number) {
      count++;
      sum += number;
    }

    void addAll(Statistics other) {
      count += other.count;
      sum += other.sum;
    }
  }

  @RaceFree(REDUCTION)
  static void collectedIntoAContainer(Fork fork) {
    Statistics statistics =
        IntStream.range(0, 100)
            .parallel()
            .collect(Statistics::new, Statistics::add, Statistics::addAll);
    expect(100, statistics.count);
    expect(4950, statistics.sum);
  }

  @RaceFree(REDUCTION)
  static void collectedIntoLists(Fork fork) {
    List<Integer> list =
        IntStream.range(0, 100)
            .boxed()
            .parallel()
            .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    expect(100, list.size());
    expect(99, list.get(99));
    Map<Integer, List<Integer>> byDigit =
        list.parallelStream().collect(Collectors.groupingBy(number -> number % 10));
    expect(10, byDigit.get(3).size());
    Map<Integer, Long> counts =
        list.parallelStream()
            .collect(Collectors.groupingByConcurrent(number -> number % 4, Collectors.counting()));
    expect(25, counts.get(1).intValue());
  }

  @RaceFree("java.util.stream: the elements of the source are read, nothing is written")
  static void sourceWrittenBefore(Fork fork) {
    List<ParallelStreams> boxes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ParallelStreams box = new ParallelStreams();
      box.value = i;
      boxes.add(box);
    }
    expect(1225, boxes.parallelStream().mapToInt(box -> box.value).sum());
  }

  /** Given as the one and as the other. */
  private static final class FunctionAndPredicate
      implements Function<Integer, Integer>, Predicate<Integer>, Runnable {

    private int calls;

    @Override
    public Integer apply(Integer number) {
      return number + 1;
    }

    @Override
    public boolean test(Integer number) {
      return number % 2 == 0;
    }

    @Override
    public void run() {
      calls++;
    }
  }

  @RaceFree(REDUCTION)
  static void manyFunctionsInOne(Fork fork) throws Exception {
    FunctionAndPredicate both = new FunctionAndPredicate();
    List<Integer> even = IntStream.range(0, 100).boxed().parallel().filter(both).map(both).toList();
    expect(50, even.size());
    expect(99, even.getLast());
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      executor.submit(both).get();
    }
    expect(1, both.calls);
  }

  @RaceFree("java.util.concurrent.atomic: for side effects in many threads")
  static void atomicSideEffects(Fork fork) {
    AtomicInteger sum = new AtomicInteger();
    LongAdder count = new LongAdder();
    ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
    IntStream.range(0, 100)
        .parallel()
        .forEach(
            number -> {
              sum.addAndGet(number);
              count.increment();
              queue.add(number);
            });
    expect(4950, sum.get());
    expect(100, count.intValue());
    expect(100, queue.size());
  }

  @RaceFree("JLS 17.4.5: the list is used only under its monitor")
  static void synchronizedList(Fork fork) {
    List<Integer> list = Collections.synchronizedList(new ArrayList<>());
    IntStream.range(0, 50).parallel().forEach(list::add);
    expect(50, list.size());
  }

  @RaceFree("Stream.forEachOrdered: one element happens before the next one")
  static void forEachOrdered(Fork fork) {
    List<Integer> list = new ArrayList<>();
    IntStream.range(0, 50).boxed().parallel().map(i -> 2 * i).forEachOrdered(list::add);
    expect(50, list.size());
    expect(98, list.get(49));
  }

  @RaceFree("Arrays.parallelSetAll, parallelPrefix, parallelSort: return when all is done")
  static void parallelOperationsOfArrays(Fork fork) {
    int[] cells = new int[100];
    Arrays.parallelSetAll(cells, i -> 100 - i);
    expect(100, cells[0]);
    Arrays.parallelSort(cells);
    expect(1, cells[0]);
    Arrays.parallelPrefix(cells, Integer::sum);
    expect(5050, cells[99]);
  }

  @RaceFree("ForkJoinPool: the tasks of forEach are joined before it returns")
  static void cellForEachElement(Fork fork) {
    int[] cells = new int[100];
    IntStream.range(0, cells.length).parallel().forEach(i -> cells[i] = 2 * i);
    int sum = 0;
    for (int cell : cells) {
      sum += cell;
    }
    expect(9900, sum);
  }

  /** Lets two threads do the two elements of a stream, the first one before the second in time. */
  private static void inTwoThreads(Runnable first, Runnable second) {
    Unseen secondStarted = new Unseen();
    Unseen firstDone = new Unseen();
    // In a pool of two, whatever the machine has.
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.submit(
              () ->
                  IntStream.range(0, 2)
                      .parallel()
                      .forEach(
                          number -> {
                            if (number == 0) {
                              secondStarted.await();
                              first.run();
                              firstDone.reached();
                            } else {
                              secondStarted.reached();
                              firstDone.await();
                              second.run();
                            }
                          }))
          .join();
    }
  }

  @Racy
  static void listFilledInForEach(Fork fork) {
    List<Integer> list = new ArrayList<>();
    Runnable add = () -> list.add(1); // race: listFilledInForEach
    inTwoThreads(add, add);
  }

  @Racy
  static void counterInForEach(Fork fork) {
    ParallelStreams counter = new ParallelStreams();
    Runnable count = () -> counter.value++; // race: counterInForEach
    inTwoThreads(count, count);
  }

  @Racy
  static void neighbourReadInForEach(Fork fork) {
    int[] cells = new int[2];
    int[] seen = new int[1];
    inTwoThreads(
        () -> cells[0] = 5, // race: neighbourReadInForEach
        () -> seen[0] = cells[0]); // race: neighbourReadInForEach
  }

  @Racy
  static void sourceGrownBesideAStream(Fork fork) throws InterruptedException {
    List<Integer> source = new ArrayList<>(List.of(1, 2, 3));
    int[] sum = new int[1];
    TwoThreads.inTurn(
        fork,
        () -> source.add(4), // race: sourceGrownBesideAStream
        () -> sum[0] = source.stream().mapToInt(i -> i).sum()); // race: sourceGrownBesideAStream
  }
}
