package org.katagrade.races;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Collections that cannot be changed, views of such that can, and parts of lists. */
final class ReadOnlyCollections {

  private int seen;

  private ReadOnlyCollections() {}

  private static List<String> abc() {
    return new ArrayList<>(List.of("a", "b", "c"));
  }

  @Racy
  static void unmodifiableViewOfAListThatChanges(Fork fork) throws InterruptedException {
    List<String> list = abc();
    List<String> view = Collections.unmodifiableList(list);
    ReadOnlyCollections result = new ReadOnlyCollections();
    TwoThreads.inTurn(
        fork,
        () -> list.add("d"), // race: unmodifiableViewOfAListThatChanges
        () -> result.seen = view.size()); // race: unmodifiableViewOfAListThatChanges
  }

  @Racy
  static void unmodifiableViewIterated(Fork fork) throws InterruptedException {
    List<String> list = abc();
    Collection<String> view = Collections.unmodifiableCollection(list);
    ReadOnlyCollections result = new ReadOnlyCollections();
    TwoThreads.inTurn(
        fork,
        () -> {
          for (String item : view) { // race: unmodifiableViewIterated
            result.seen += item.length();
          }
        },
        () -> list.remove(0)); // race: unmodifiableViewIterated
  }

  @RaceFree("JLS 17.4.5: nobody changes the list once the threads have started")
  static void unmodifiableViewOfAFinishedList(Fork fork) throws InterruptedException {
    List<String> view = Collections.unmodifiableList(abc());
    ReadOnlyCollections one = new ReadOnlyCollections();
    ReadOnlyCollections other = new ReadOnlyCollections();
    TwoThreads.together(
        fork,
        () -> one.seen = view.size(),
        () -> {
          for (String item : view) {
            other.seen += item.length();
          }
        });
    if (one.seen != 3 || other.seen != 3) {
      throw new AssertionError(view);
    }
  }

  @RaceFree("Collections.unmodifiableList: attempts to modify it throw, and so change nothing")
  static void failedAttemptToAdd(Fork fork) throws InterruptedException {
    List<String> list = abc();
    List<String> view = Collections.unmodifiableList(list);
    ReadOnlyCollections one = new ReadOnlyCollections();
    ReadOnlyCollections other = new ReadOnlyCollections();
    TwoThreads.together(
        fork,
        () -> {
          try {
            view.add("d");
          } catch (UnsupportedOperationException e) {
            one.seen = 1;
          }
        },
        () -> other.seen = list.size());
    if (one.seen != 1 || other.seen != 3) {
      throw new AssertionError(list);
    }
  }

  @RaceFree("List.copyOf: later changes of the given collection are not reflected")
  static void copyOfAListThatChanges(Fork fork) throws InterruptedException {
    List<String> list = abc();
    List<String> copy = List.copyOf(list);
    ReadOnlyCollections result = new ReadOnlyCollections();
    TwoThreads.together(fork, () -> list.add("d"), () -> result.seen = copy.size());
    if (result.seen != 3 || list.size() != 4) {
      throw new AssertionError(result.seen);
    }
  }

  @Racy
  static void copyOfMadeTooLate(Fork fork) throws InterruptedException {
    List<String> list = abc();
    ReadOnlyCollections result = new ReadOnlyCollections();
    TwoThreads.inTurn(
        fork,
        () -> list.add("d"), // race: copyOfMadeTooLate
        () -> result.seen = List.copyOf(list).size()); // race: copyOfMadeTooLate
  }

  @RaceFree("List.of, Map.of: unmodifiable")
  static void immutableCollections(Fork fork) throws InterruptedException {
    Map<String, List<Integer>> map = Map.of("a", List.of(1, 2), "b", List.of(3));
    ReadOnlyCollections one = new ReadOnlyCollections();
    ReadOnlyCollections other = new ReadOnlyCollections();
    TwoThreads.together(
        fork,
        () -> map.values().forEach(list -> one.seen += list.size()),
        () -> {
          for (int number : map.get("a")) {
            other.seen += number;
          }
        });
    if (one.seen != 3 || other.seen != 3) {
      throw new AssertionError(one.seen);
    }
  }

  @RaceFree("JLS 17.4.1: two reads do not conflict")
  static void streamsOfOneList(Fork fork) throws InterruptedException {
    List<String> list = abc();
    List<List<String>> results = new ArrayList<>();
    Runnable collect =
        () -> {
          List<String> upper = list.stream().map(s -> s + s).collect(Collectors.toList());
          synchronized (results) {
            results.add(upper);
          }
        };
    TwoThreads.together(fork, collect, collect);
    if (!results.get(0).equals(results.get(1))) {
      throw new AssertionError(results);
    }
  }

  @Racy
  static void subListReadBesideASet(Fork fork) throws InterruptedException {
    List<String> list = abc();
    List<String> middle = list.subList(1, 2);
    ReadOnlyCollections result = new ReadOnlyCollections();
    TwoThreads.inTurn(
        fork,
        () -> list.set(1, "z"), // race: subListReadBesideASet
        () -> result.seen = middle.get(0).length()); // race: subListReadBesideASet
  }

  @Racy
  static void subListCleared(Fork fork) throws InterruptedException {
    List<String> list = abc();
    ReadOnlyCollections result = new ReadOnlyCollections();
    TwoThreads.inTurn(
        fork,
        () -> result.seen = list.size(), // race: subListCleared
        () -> list.subList(0, 2).clear()); // race: subListCleared
  }

  @Racy
  static void reversedViewReadBesideAnAdd(Fork fork) throws InterruptedException {
    List<String> list = abc();
    List<String> reversed = list.reversed();
    ReadOnlyCollections result = new ReadOnlyCollections();
    TwoThreads.inTurn(
        fork,
        () -> list.add("d"), // race: reversedViewReadBesideAnAdd
        () -> result.seen = reversed.getFirst().length()); // race: reversedViewReadBesideAnAdd
  }

  @RaceFree("JLS 17.4.5: list and part are used under one monitor")
  static void subListUnderTheMonitor(Fork fork) throws InterruptedException {
    List<String> list = abc();
    List<String> middle = list.subList(1, 2);
    TwoThreads.together(
        fork,
        () -> {
          synchronized (list) {
            list.set(1, "z" + list.get(1));
          }
        },
        () -> {
          synchronized (list) {
            middle.set(0, "y" + middle.get(0));
          }
        });
    if (list.get(1).length() != 3) {
      throw new AssertionError(list);
    }
  }

  private static final class Phonebook {
    private final Map<String, String> numbers = new HashMap<>();

    synchronized void add(String name, String number) {
      numbers.put(name, number); // race: mapGivenAway
    }

    synchronized Map<String, String> snapshot() {
      return Map.copyOf(numbers);
    }

    synchronized Map<String, String> all() {
      return Collections.unmodifiableMap(numbers);
    }
  }

  @RaceFree("JLS 17.4.5: the copy is made under the monitor")
  static void mapCopiedForTheCaller(Fork fork) throws InterruptedException {
    Phonebook book = new Phonebook();
    Thread writer = fork.thread(() -> book.add("ann", "1"));
    writer.start();
    int known = book.snapshot().size();
    writer.join();
    if (known > 1) {
      throw new AssertionError(known);
    }
  }

  @Racy
  static void mapGivenAway(Fork fork) throws InterruptedException {
    Phonebook book = new Phonebook();
    Map<String, String> all = book.all();
    ReadOnlyCollections result = new ReadOnlyCollections();
    TwoThreads.inTurn(
        fork, () -> book.add("ann", "1"), () -> result.seen = all.size()); // race: mapGivenAway
  }
}
