package org.katagrade.races;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/**
 * Parallel streams whose steps look at what other threads have made, and those that follow them.
 */
final class StatefulSteps {

  private static final String STATEFUL =
      "java.util.stream, Stream operations: a stateful operation processes its input first";

  private static final String ELEMENTS =
      "java.util.stream, Reduction operations: what is compared has been made";

  private int value;

  private StatefulSteps() {}

  private StatefulSteps(int value) {
    this.value = value;
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static Stream<StatefulSteps> made(int number) {
    return IntStream.range(0, number).parallel().mapToObj(StatefulSteps::new);
  }

  private static Comparator<StatefulSteps> byValue() {
    return Comparator.comparing(box -> box.value);
  }

  /** Where the numbers 0 and 1 wait for each other, so that two threads have them. */
  private static final class Meeting {
    private final Unseen one = new Unseen();
    private final Unseen other = new Unseen();

    void with(int number) {
      (number == 0 ? one : other).reached();
      (number == 0 ? other : one).await();
    }
  }

  /** In a pool of two, whatever the machine has. */
  private static void inTwoThreads(Runnable pipeline) {
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.submit(pipeline).join();
    }
  }

  @RaceFree(ELEMENTS)
  static void leastAndGreatest(Fork fork) {
    expect(0, made(1000).min(byValue()).orElseThrow().value);
    expect(999, made(1000).max(byValue()).orElseThrow().value);
  }

  @Racy
  static void comparatorThatCounts(Fork fork) {
    StatefulSteps counter = new StatefulSteps();
    Meeting meeting = new Meeting();
    Comparator<Integer> counting =
        (one, other) -> {
          if (one / 2 == other / 2) {
            meeting.with(one / 2);
          }
          counter.value++; // race: comparatorThatCounts
          return one - other;
        };
    inTwoThreads(() -> Stream.of(0, 1, 2, 3).parallel().min(counting));
  }

  @RaceFree(STATEFUL)
  static void sortedAndChanged(Fork fork) {
    List<StatefulSteps> list = made(1000).toList();
    list.parallelStream()
        .filter(box -> box.value % 2 == 0)
        .sorted(byValue().reversed())
        .forEach(box -> box.value++);
    expect(1, list.getFirst().value);
  }

  @Racy
  static void countedAfterSorting(Fork fork) {
    StatefulSteps counter = new StatefulSteps();
    Meeting meeting = new Meeting();
    inTwoThreads(
        () ->
            Stream.of(1, 0)
                .parallel()
                .sorted()
                .forEach(
                    number -> {
                      meeting.with(number);
                      counter.value++; // race: countedAfterSorting
                    }));
  }

  /** Is told from others by its number. */
  private static final class Numbered implements Comparable<Numbered> {
    private int number;

    Numbered(int number) {
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Numbered numbered && numbered.number == number;
    }

    @Override
    public int hashCode() {
      return number;
    }

    @Override
    public int compareTo(Numbered other) {
      return Integer.compare(number, other.number);
    }
  }

  @RaceFree(STATEFUL)
  static void distinctByTheirOwnMethods(Fork fork) {
    List<Numbered> list =
        IntStream.range(0, 1000)
            .parallel()
            .mapToObj(i -> new Numbered(i % 50))
            .distinct()
            .peek(numbered -> numbered.number--)
            .sorted()
            .peek(numbered -> numbered.number++)
            .toList();
    expect(50, list.size());
    list.getFirst().number = 7;
  }

  /** Counts how often it is asked. */
  private record Asked(int number, StatefulSteps counter, Meeting meeting) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Asked asked && asked.number == number;
    }

    @Override
    public int hashCode() {
      meeting.with(number);
      return counter.value++; // race: countedInHashCode
    }
  }

  @Racy
  static void countedInHashCode(Fork fork) {
    StatefulSteps counter = new StatefulSteps();
    Meeting meeting = new Meeting();
    inTwoThreads(
        () ->
            Stream.of(0, 1)
                .parallel()
                .map(number -> new Asked(number, counter, meeting))
                .distinct()
                .toList());
  }

  @RaceFree(STATEFUL)
  static void partsOfTheInput(Fork fork) {
    expect(
        700, made(1000).takeWhile(box -> box.value < 700).map(box -> box.value++).toList().size());
    expect(
        300, made(1000).dropWhile(box -> box.value < 700).map(box -> box.value++).toList().size());
    made(1000).filter(box -> box.value % 2 == 0).limit(100).forEach(box -> box.value++);
    expect(
        90, made(100).peek(box -> box.value++).skip(10).peek(box -> box.value++).toList().size());
  }

  @Racy
  static void countedWhileTaking(Fork fork) {
    StatefulSteps counter = new StatefulSteps();
    Meeting meeting = new Meeting();
    inTwoThreads(
        () ->
            Stream.of(0, 1)
                .parallel()
                .takeWhile(
                    number -> {
                      meeting.with(number);
                      return counter.value++ < 5; // race: countedWhileTaking
                    })
                .toList());
  }

  @RaceFree(STATEFUL)
  static void goneOverByIterators(Fork fork) {
    int sum = 0;
    for (Iterator<StatefulSteps> all = made(100).sorted(byValue()).iterator(); all.hasNext(); ) {
      sum += all.next().value++;
    }
    expect(4950, sum);
    Spliterator<StatefulSteps> rest = made(100).sorted(byValue()).spliterator();
    Spliterator<StatefulSteps> first = rest.trySplit();
    first.forEachRemaining(box -> box.value++);
    rest.tryAdvance(box -> box.value++);
  }

  @Racy
  static void countedBeforeIterating(Fork fork) {
    StatefulSteps counter = new StatefulSteps();
    Meeting meeting = new Meeting();
    inTwoThreads(
        () ->
            Stream.of(0, 1)
                .parallel()
                .map(
                    number -> {
                      meeting.with(number);
                      return counter.value++; // race: countedBeforeIterating
                    })
                .sorted()
                .iterator()
                .hasNext());
  }

  @RaceFree("Stream.flatMap: each mapped stream is closed after its contents have been placed")
  static void flattened(Fork fork) {
    List<StatefulSteps> list =
        made(40)
            .flatMap(box -> IntStream.range(0, 20).mapToObj(i -> new StatefulSteps(box.value + i)))
            .toList();
    expect(800, list.size());
    list.forEach(box -> box.value++);
  }

  @Racy
  static void countedInMappedStreams(Fork fork) {
    StatefulSteps counter = new StatefulSteps();
    Meeting meeting = new Meeting();
    inTwoThreads(
        () ->
            Stream.of(0, 1)
                .parallel()
                .flatMap(
                    number ->
                        Stream.of(number)
                            .peek(
                                same -> {
                                  meeting.with(same);
                                  counter.value++; // race: countedInMappedStreams
                                }))
                .toList());
  }

  @RaceFree("Stream.concat: all the elements of the first stream and all of the second")
  static void joined(Fork fork) {
    List<StatefulSteps> list = Stream.concat(made(100), made(100)).sorted(byValue()).toList();
    expect(99, list.getLast().value++);
  }

  @Racy
  static void countedInJoinedStreams(Fork fork) {
    StatefulSteps counter = new StatefulSteps();
    Meeting meeting = new Meeting();
    inTwoThreads(
        () ->
            Stream.concat(Stream.of(0), Stream.of(1))
                .parallel()
                .peek(
                    number -> {
                      meeting.with(number);
                      counter.value++; // race: countedInJoinedStreams
                    })
                .toList());
  }

  @RaceFree("BaseStream.parallel: the mode is that of the whole pipeline")
  static void parallelInTheEnd(Fork fork) {
    List<StatefulSteps> list =
        IntStream.range(0, 1000).mapToObj(StatefulSteps::new).parallel().sorted(byValue()).toList();
    list.forEach(box -> box.value++);
  }

  @Racy
  static void countedBeforeItIsParallel(Fork fork) {
    StatefulSteps counter = new StatefulSteps();
    Meeting meeting = new Meeting();
    inTwoThreads(
        () ->
            Stream.of(0, 1)
                .peek(
                    number -> {
                      meeting.with(number);
                      counter.value++; // race: countedBeforeItIsParallel
                    })
                .parallel()
                .toList());
  }
}
