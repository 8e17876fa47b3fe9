package org.katagrade.races;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Functions that a collection runs for what is in it. */
final class FunctionsOfCollections {

  private static final String PLACED =
      "java.util.concurrent: placing an object into a concurrent collection comes before its"
          + " access";

  private int seen;

  private FunctionsOfCollections() {}

  private static final class Box {
    private int value;

    Box(int value) {
      this.value = value;
    }

    @Override
    public int hashCode() {
      return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Box box && box.value == value;
    }
  }

  /** All of the same hash code, so that a map has to compare them. */
  private static final class Name {
    private String text;
    private boolean used;

    Name(String text) {
      this.text = text;
    }

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Name name && text.equals(name.text); // race: keyChangedLater
    }
  }

  /** Both come from one thread, unordered with the other, which has begun before. */
  private static int across(Fork fork, Runnable places, IntSupplier looks)
      throws InterruptedException {
    FunctionsOfCollections result = new FunctionsOfCollections();
    TwoThreads.inTurn(fork, places, () -> result.seen = looks.getAsInt());
    return result.seen;
  }

  private static void check(int expected, int seen) {
    if (expected != seen) {
      throw new AssertionError(seen);
    }
  }

  private static int sum(Consumer<Consumer<Box>> each) {
    FunctionsOfCollections sum = new FunctionsOfCollections();
    each.accept(box -> sum.seen += box.value);
    return sum.seen;
  }

  @RaceFree(PLACED)
  static void forEachValue(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Box> map = new ConcurrentHashMap<>();
    check(
        7,
        across(
            fork, () -> map.put("a", new Box(7)), () -> sum(each -> map.values().forEach(each))));
  }

  @RaceFree(PLACED)
  static void forEachEntry(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Box> map = new ConcurrentHashMap<>();
    check(
        7,
        across(
            fork,
            () -> map.put("a", new Box(7)),
            () ->
                sum(
                    each ->
                        map.entrySet()
                            .forEach((Map.Entry<String, Box> e) -> each.accept(e.getValue())))));
  }

  @RaceFree(PLACED)
  static void inParallel(Fork fork) throws InterruptedException {
    ConcurrentHashMap<String, Box> map = new ConcurrentHashMap<>();
    for (int i = 0; i < 100; i++) {
      map.put("known " + i, new Box(0));
    }
    Box factor = new Box(0);
    check(
        21,
        across(
            fork,
            () -> map.put("a", new Box(7)),
            () -> {
              factor.value = 3;
              return map.reduceValuesToInt(1, box -> box.value * factor.value, 0, Integer::sum);
            }));
  }

  @RaceFree("ConcurrentHashMap.merge: the old value is that of the last put")
  static void mergedWithTheOldValue(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Box> map = new ConcurrentHashMap<>();
    check(
        9,
        across(
            fork,
            () -> map.put("a", new Box(7)),
            () ->
                map.merge("a", new Box(2), (one, other) -> new Box(one.value + other.value))
                    .value));
  }

  @RaceFree("ConcurrentHashMap: what computeIfAbsent made is placed, and iterators access it")
  static void iteratedAfterComputing(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Box> map = new ConcurrentHashMap<>();
    check(
        7,
        across(
            fork,
            () -> map.computeIfAbsent("a", key -> new Box(7)),
            () -> map.values().iterator().next().value));
  }

  @RaceFree(PLACED)
  static void forEachOfAQueue(Fork fork) throws InterruptedException {
    Queue<Box> queue = new ConcurrentLinkedQueue<>();
    check(7, across(fork, () -> queue.add(new Box(7)), () -> sum(queue::forEach)));
  }

  @RaceFree(PLACED)
  static void removedFromAList(Fork fork) throws InterruptedException {
    List<Box> list = new CopyOnWriteArrayList<>();
    check(
        1,
        across(
            fork, () -> list.add(new Box(7)), () -> list.removeIf(box -> box.value == 7) ? 1 : 0));
  }

  @RaceFree("Vector: forEach holds the monitor that add held")
  static void forEachOfAVector(Fork fork) throws InterruptedException {
    List<Box> list = new Vector<>();
    check(7, across(fork, () -> list.add(new Box(7)), () -> sum(list::forEach)));
  }

  @RaceFree("Collections.synchronizedList: forEach holds the mutex that add held")
  static void forEachOfASynchronizedList(Fork fork) throws InterruptedException {
    List<Box> list = Collections.synchronizedList(new ArrayList<>());
    check(7, across(fork, () -> list.add(new Box(7)), () -> sum(list::forEach)));
  }

  @RaceFree(PLACED)
  static void setOfAConcurrentMap(Fork fork) throws InterruptedException {
    Set<Box> set = Collections.newSetFromMap(new ConcurrentHashMap<>());
    check(7, across(fork, () -> set.add(new Box(7)), () -> set.iterator().next().value));
  }

  @RaceFree(PLACED)
  static void foundByAnEqual(Fork fork) throws InterruptedException {
    Set<String> set = ConcurrentHashMap.newKeySet();
    FunctionsOfCollections state = new FunctionsOfCollections();
    check(
        5,
        across(
            fork,
            () -> {
              state.seen = 5;
              set.add("a");
            },
            () -> set.contains(new String("a")) ? state.seen : 0));
  }

  @RaceFree(PLACED)
  static void streamedLater(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Box> map = new ConcurrentHashMap<>();
    map.put("b", new Box(0)); // an empty map's stream would stay empty
    Unseen streamed = new Unseen();
    Unseen placed = new Unseen();
    FunctionsOfCollections result = new FunctionsOfCollections();
    TwoThreads.together(
        fork,
        () -> {
          streamed.await();
          map.put("a", new Box(7));
          placed.reached();
        },
        () -> {
          var stream = map.values().stream();
          streamed.reached();
          placed.await();
          result.seen = stream.mapToInt(box -> box.value).sum();
        });
    check(7, result.seen);
  }

  @Racy
  static void changedAfterItWasPlaced(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Box> map = new ConcurrentHashMap<>();
    across(
        fork,
        () -> {
          Box box = new Box(7);
          map.put("a", box);
          box.value++; // race: changedAfterItWasPlaced
        },
        () -> {
          int[] sum = new int[1];
          map.values().forEach(box -> sum[0] += box.value); // race: changedAfterItWasPlaced
          return sum[0];
        });
  }

  @Racy
  static void keyChangedLater(Fork fork) throws InterruptedException {
    ConcurrentMap<Name, String> map = new ConcurrentHashMap<>();
    TwoThreads.inTurn(
        fork,
        () -> {
          Name name = new Name("a");
          map.put(name, "first");
          name.text = "b"; // race: keyChangedLater
        },
        () -> map.get(new Name("c")));
  }

  @Racy
  static void elementOfASetChangedLater(Fork fork) throws InterruptedException {
    Set<Name> set = Collections.newSetFromMap(new ConcurrentHashMap<>());
    TwoThreads.inTurn(
        fork,
        () -> {
          Name name = new Name("a");
          set.add(name);
          name.used = true; // race: elementOfASetChangedLater
        },
        () -> set.forEach(name -> name.used = false)); // race: elementOfASetChangedLater
  }

  @Racy
  static void streamOfWhatChangesLater(Fork fork) throws InterruptedException {
    Queue<Name> queue = new ConcurrentLinkedQueue<>();
    TwoThreads.inTurn(
        fork,
        () -> {
          Name name = new Name("a");
          queue.add(name);
          name.used = true; // race: streamOfWhatChangesLater
        },
        () -> queue.stream().filter(name -> name.used).count()); // race: streamOfWhatChangesLater
  }

  @RaceFree("CopyOnWriteArrayList: an element that is placed by its index is placed")
  static void placedByIndex(Fork fork) throws InterruptedException {
    List<Box> list = new CopyOnWriteArrayList<>();
    list.add(new Box(0));
    check(
        9,
        across(
            fork,
            () -> {
              list.set(0, new Box(7));
              list.add(0, new Box(2));
            },
            () -> list.get(0).value + list.get(1).value));
  }

  @RaceFree(PLACED)
  static void changedThroughEveryEntry(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Box> map = new ConcurrentHashMap<>();
    map.put("a", new Box(1));
    check(
        7,
        across(
            fork,
            () -> map.entrySet().forEach(entry -> entry.setValue(new Box(7))),
            () -> map.get("a").value));
  }
}
