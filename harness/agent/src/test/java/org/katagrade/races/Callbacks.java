package org.katagrade.races;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Code that the JDK calls back: keys, comparators, iterators and lambdas. */
final class Callbacks {

  private int calls;
  private int seen;

  private Callbacks() {}

  private static final class Key {
    private int id;

    Key(int id) {
      this.id = id;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && getClass() == key.getClass();
    }

    @Override
    public int hashCode() {
      return id; // race: keyChangedBesideAGet
    }

    @Override
    public String toString() {
      return "key " + id; // race: keyChangedWhileItIsPrinted
    }
  }

  @Racy
  static void keyChangedBesideAGet(Fork fork) throws InterruptedException {
    Map<Key, Integer> map = new HashMap<>();
    Key key = new Key(1);
    map.put(key, 1);
    Callbacks result = new Callbacks();
    TwoThreads.inTurn(
        fork,
        () -> result.seen = map.getOrDefault(key, 0),
        () -> key.id = 2); // race: keyChangedBesideAGet
  }

  @Racy
  static void keyChangedWhileItIsPrinted(Fork fork) throws InterruptedException {
    Key key = new Key(1);
    Callbacks result = new Callbacks();
    TwoThreads.inTurn(
        fork,
        () -> result.seen = ("the " + key).length(),
        () -> key.id = 2); // race: keyChangedWhileItIsPrinted
  }

  @RaceFree("JLS 17.4.5: two threads look up keys that nobody changes any more")
  static void keysThatStay(Fork fork) throws InterruptedException {
    Map<Key, Integer> map = new HashMap<>();
    map.put(new Key(1), 1);
    Callbacks one = new Callbacks();
    Callbacks other = new Callbacks();
    TwoThreads.together(
        fork,
        () -> one.seen = map.getOrDefault(new Key(1), 0),
        () -> other.seen = map.containsKey(new Key(1)) ? 1 : 0);
    if (one.seen + other.seen != 2) {
      throw new AssertionError(one.seen);
    }
  }

  private Comparator<Integer> counting() {
    return (left, right) -> {
      calls++; // race: comparatorThatCounts
      return Integer.compare(left, right);
    };
  }

  private Comparator<Integer> countingUnderTheMonitor() {
    return (left, right) -> {
      synchronized (this) {
        calls++;
      }
      return Integer.compare(left, right);
    };
  }

  @Racy
  static void comparatorThatCounts(Fork fork) throws InterruptedException {
    Comparator<Integer> comparator = new Callbacks().counting();
    List<Integer> one = new ArrayList<>(List.of(3, 1, 2));
    List<Integer> other = new ArrayList<>(List.of(6, 5, 4));
    TwoThreads.together(fork, () -> one.sort(comparator), () -> other.sort(comparator));
  }

  @RaceFree("JLS 17.4.5: the comparator counts under its monitor, the sets are each thread's own")
  static void comparatorThatCountsUnderItsMonitor(Fork fork) throws InterruptedException {
    Callbacks shared = new Callbacks();
    Comparator<Integer> comparator = shared.countingUnderTheMonitor();
    TreeSet<Integer> one = new TreeSet<>(comparator);
    TreeSet<Integer> other = new TreeSet<>(comparator);
    TwoThreads.together(
        fork, () -> one.addAll(List.of(3, 1, 2)), () -> other.addAll(List.of(6, 5)));
    if (one.first() != 1 || other.size() != 2 || shared.calls < 4) {
      throw new AssertionError(shared.calls);
    }
  }

  private static final class Range implements Iterable<Integer> {
    private int limit;

    @Override
    public Iterator<Integer> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < limit; // race: iterableThatGrows
        }

        @Override
        public Integer next() {
          return next++;
        }
      };
    }
  }

  @Racy
  static void iterableThatGrows(Fork fork) throws InterruptedException {
    Range range = new Range();
    range.limit = 3;
    Callbacks result = new Callbacks();
    TwoThreads.inTurn(
        fork,
        () -> {
          for (int number : range) {
            result.seen += number;
          }
        },
        () -> range.limit = 5); // race: iterableThatGrows
  }

  @RaceFree("JLS 17.4.5: each loop has an iterator of its own, and the limit stays")
  static void iterableThatStays(Fork fork) throws InterruptedException {
    Range range = new Range();
    range.limit = 4;
    Callbacks one = new Callbacks();
    Callbacks other = new Callbacks();
    TwoThreads.together(
        fork,
        () -> range.forEach(number -> one.seen += number),
        () -> {
          for (int number : range) {
            other.seen += number;
          }
        });
    if (one.seen != 6 || other.seen != 6) {
      throw new AssertionError(one.seen);
    }
  }

  @Racy
  static void lambdaOfAStream(Fork fork) throws InterruptedException {
    Callbacks shared = new Callbacks();
    List<Integer> numbers = List.of(1, 2, 3);
    Runnable sum =
        () ->
            numbers.stream()
                .filter(number -> number > 1)
                .forEach(number -> shared.seen += number); // race: lambdaOfAStream
    TwoThreads.together(fork, sum, sum);
  }

  @RaceFree("JLS 17.4.5: the lambdas lock what they share")
  static void lambdasThatLock(Fork fork) throws InterruptedException {
    Callbacks shared = new Callbacks();
    Runnable sum =
        () ->
            Optional.of(4)
                .map(number -> number * 2)
                .ifPresent(
                    number -> {
                      synchronized (shared) {
                        shared.seen += number;
                      }
                    });
    TwoThreads.together(fork, sum, sum);
    if (shared.seen != 16) {
      throw new AssertionError(shared.seen);
    }
  }
}
