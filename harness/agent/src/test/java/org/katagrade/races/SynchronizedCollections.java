package org.katagrade.races;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.Vector;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** The collections of old that lock themselves, and the wrappers that lock for others. */
final class SynchronizedCollections {

  private static final String WRAPPER =
      "Collections.synchronizedList: serial access if all access is through the returned list";

  private int seen;

  private SynchronizedCollections() {}

  private static List<String> synchronizedList() {
    List<String> list = Collections.synchronizedList(new ArrayList<>());
    list.add("a");
    list.add("b");
    return list;
  }

  private static void addSome(List<String> list) {
    for (int i = 0; i < 10; i++) {
      list.add("item " + i); // race: iteratedWithoutItsMonitor, readPastTheWrapper
    }
  }

  @RaceFree(WRAPPER)
  static void addedByBoth(Fork fork) throws InterruptedException {
    List<String> list = synchronizedList();
    TwoThreads.together(fork, () -> addSome(list), () -> addSome(list));
    if (list.size() != 22) {
      throw new AssertionError(list);
    }
  }

  @RaceFree("Collections.synchronizedList: the user must synchronize on it while iterating")
  static void iteratedUnderItsMonitor(Fork fork) throws InterruptedException {
    List<String> list = synchronizedList();
    SynchronizedCollections result = new SynchronizedCollections();
    TwoThreads.together(
        fork,
        () -> addSome(list),
        () -> {
          synchronized (list) {
            for (String item : list) {
              result.seen += item.length();
            }
          }
        });
    if (result.seen < 2) {
      throw new AssertionError(result.seen);
    }
  }

  @Racy
  static void iteratedWithoutItsMonitor(Fork fork) throws InterruptedException {
    List<String> list = synchronizedList();
    SynchronizedCollections result = new SynchronizedCollections();
    TwoThreads.inTurn(
        fork,
        () -> {
          for (String item : list) { // race: iteratedWithoutItsMonitor
            result.seen += item.length();
          }
        },
        () -> addSome(list));
  }

  @Racy
  static void readPastTheWrapper(Fork fork) throws InterruptedException {
    List<String> backing = new ArrayList<>();
    List<String> list = Collections.synchronizedList(backing);
    SynchronizedCollections result = new SynchronizedCollections();
    TwoThreads.inTurn(
        fork, () -> addSome(list), () -> result.seen = backing.size()); // race: readPastTheWrapper
  }

  /** A map that forgets what was used longest ago, which it decides within a call of its own. */
  private static Map<String, Integer> ofTwo() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
        return size() > 2;
      }
    };
  }

  private static void useSome(Map<String, Integer> map) {
    for (int i = 0; i < 10; i++) {
      map.put("key " + i % 3, i);
      map.get("key " + i % 2);
    }
  }

  @RaceFree("Collections.synchronizedMap: what the map calls back runs under the wrapper's lock")
  static void sizeAskedForWithinACall(Fork fork) throws InterruptedException {
    Map<String, Integer> map = Collections.synchronizedMap(ofTwo());
    TwoThreads.together(fork, () -> useSome(map), () -> useSome(map));
    if (map.size() != 2) {
      throw new AssertionError(map);
    }
  }

  @Racy
  static void sizeAskedForWithoutTheWrapper(Fork fork) throws InterruptedException {
    Map<String, Integer> map = ofTwo();
    TwoThreads.inTurn(
        fork,
        () -> map.get("key 1"), // race: sizeAskedForWithoutTheWrapper
        () -> map.put("key 1", 1)); // race: sizeAskedForWithoutTheWrapper
  }

  @RaceFree(WRAPPER)
  static void forEachOfTheWrapper(Fork fork) throws InterruptedException {
    List<String> list = synchronizedList();
    SynchronizedCollections result = new SynchronizedCollections();
    TwoThreads.together(
        fork, () -> addSome(list), () -> list.forEach(item -> result.seen += item.length()));
    if (result.seen < 2) {
      throw new AssertionError(result.seen);
    }
  }

  @RaceFree("Collections.synchronizedList: it locks itself, so add() comes before get()")
  static void objectHandedOverInASynchronizedList(Fork fork) throws InterruptedException {
    List<int[]> list = Collections.synchronizedList(new ArrayList<>());
    Thread writer =
        fork.thread(
            () -> {
              int[] cells = new int[1];
              cells[0] = 5;
              list.add(cells);
            });
    writer.start();
    while (list.isEmpty()) {
      Thread.yield();
    }
    int seen = list.get(0)[0];
    writer.join();
    if (seen != 5) {
      throw new AssertionError(seen);
    }
  }

  @RaceFree("Collections.synchronizedMap: the user must synchronize on the map, not on its view")
  static void keysIteratedUnderTheMapsMonitor(Fork fork) throws InterruptedException {
    Map<String, Integer> map = Collections.synchronizedMap(new TreeMap<>());
    map.put("a", 1);
    Set<String> keys = map.keySet();
    SynchronizedCollections result = new SynchronizedCollections();
    TwoThreads.together(
        fork,
        () -> map.merge("b", 2, Integer::sum),
        () -> {
          synchronized (map) {
            for (String key : keys) {
              result.seen += map.get(key);
            }
          }
        });
    if (result.seen != 1 && result.seen != 3) {
      throw new AssertionError(result.seen);
    }
  }

  @Racy
  static void keysIteratedUnderTheViewsMonitor(Fork fork) throws InterruptedException {
    Map<String, Integer> map = Collections.synchronizedMap(new TreeMap<>());
    map.put("a", 1);
    Set<String> keys = map.keySet();
    SynchronizedCollections result = new SynchronizedCollections();
    TwoThreads.inTurn(
        fork,
        () -> {
          synchronized (keys) {
            for (String key : keys) { // race: keysIteratedUnderTheViewsMonitor
              result.seen += key.length();
            }
          }
        },
        () -> map.put("b", 2)); // race: keysIteratedUnderTheViewsMonitor
  }

  @RaceFree("Vector: unlike ArrayList, it is synchronized")
  static void vectorUsedByBoth(Fork fork) throws InterruptedException {
    Vector<Integer> numbers = new Vector<>();
    Runnable use =
        () -> {
          for (int i = 0; i < 10; i++) {
            numbers.add(i);
            numbers.set(0, numbers.lastElement());
          }
        };
    TwoThreads.together(fork, use, use);
    if (numbers.size() != 20) {
      throw new AssertionError(numbers);
    }
  }

  @RaceFree("Vector: it locks itself, as a block around several calls does")
  static void vectorIteratedUnderItsMonitor(Fork fork) throws InterruptedException {
    Vector<Integer> numbers = new Vector<>(List.of(1, 2, 3));
    SynchronizedCollections result = new SynchronizedCollections();
    TwoThreads.together(
        fork,
        () -> numbers.removeElementAt(0),
        () -> {
          synchronized (numbers) {
            for (int number : numbers) {
              result.seen += number;
            }
          }
        });
    if (result.seen != 6 && result.seen != 5) {
      throw new AssertionError(result.seen);
    }
  }

  @RaceFree("Hashtable: unlike HashMap, it is synchronized")
  static void hashtableUsedByBoth(Fork fork) throws InterruptedException {
    Map<String, Integer> counts = new Hashtable<>();
    Runnable count =
        () -> {
          for (int i = 0; i < 10; i++) {
            counts.merge("word", 1, Integer::sum);
          }
        };
    TwoThreads.together(fork, count, count);
    if (counts.get("word") != 20) {
      throw new AssertionError(counts);
    }
  }

  @Racy
  static void objectInAVectorChangedByBoth(Fork fork) throws InterruptedException {
    Vector<int[]> cells = new Vector<>();
    cells.add(new int[1]);
    Runnable change = () -> cells.get(0)[0]++; // race: objectInAVectorChangedByBoth
    TwoThreads.together(fork, change, change);
  }
}
