package org.katagrade.races;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.Vector;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** What collections that lock by themselves call back, which runs under their locks. */
final class CalledBackUnderALock {

  private static final String WRAPPER =
      "Collections.synchronizedMap: a thread-safe map, what it calls back runs under its lock";

  private int seen;

  private CalledBackUnderALock() {}

  /** A cache that counts what it throws out. */
  private static final class Cache extends LinkedHashMap<String, Integer> {
    private final List<String> log = new Vector<>();
    private int evictions;
    private String last = "none";

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
      if (size() <= 2) {
        return false;
      }
      evictions++; // race: evictionsReadWithoutTheMonitor, twoWrappersOfOneCache
      log.add(eldest.getKey());
      last = eldest.getKey();
      return true;
    }
  }

  private static void putSome(Map<String, Integer> map, String prefix) {
    for (int i = 0; i < 5; i++) {
      map.put(prefix + i, i);
    }
  }

  @RaceFree(WRAPPER)
  static void evictionsCounted(Fork fork) throws InterruptedException {
    Cache cache = new Cache();
    Map<String, Integer> map = Collections.synchronizedMap(cache);
    TwoThreads.together(
        fork,
        () -> putSome(map, "a"),
        () -> {
          putSome(map, "b");
          synchronized (map) {
            if (cache.evictions < 3 || cache.last.equals("none")) {
              throw new IllegalStateException(cache.last);
            }
          }
        });
    if (cache.evictions != 8 || cache.log.size() != 8) {
      throw new AssertionError(cache.evictions + " " + cache.log);
    }
  }

  @Racy
  static void evictionsReadWithoutTheMonitor(Fork fork) throws InterruptedException {
    Cache cache = new Cache();
    Map<String, Integer> map = Collections.synchronizedMap(cache);
    CalledBackUnderALock result = new CalledBackUnderALock();
    TwoThreads.inTurn(
        fork,
        () -> putSome(map, "a"),
        () -> result.seen = cache.evictions); // race: evictionsReadWithoutTheMonitor
  }

  @RaceFree(WRAPPER + "; so a call comes after those before it")
  static void evictionsReadAfterACallOfOnesOwn(Fork fork) throws InterruptedException {
    Cache cache = new Cache();
    Map<String, Integer> map = Collections.synchronizedMap(cache);
    CalledBackUnderALock result = new CalledBackUnderALock();
    TwoThreads.together(
        fork,
        () -> putSome(map, "a"),
        () -> {
          while (!map.containsKey("a4")) {
            Thread.yield();
          }
          result.seen = cache.evictions;
        });
    if (result.seen != 3) {
      throw new AssertionError(result.seen);
    }
  }

  /** Remembers its hash code in a plain field, and is compared by one. */
  private static final class Key implements Comparable<Key> {
    private String name;
    private int hash;

    Key(String name) {
      this.name = name;
    }

    @Override
    public int hashCode() {
      hash = name.hashCode(); // race: keyInTwoMaps, keyInATableAndAlone
      return name.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && name.equals(key.name); // race: keyRenamed
    }

    @Override
    public int compareTo(Key other) {
      return name.compareTo(other.name);
    }
  }

  @RaceFree(WRAPPER)
  static void hashKeptInAKey(Fork fork) throws InterruptedException {
    Key key = new Key("k");
    Map<Key, Integer> map = Collections.synchronizedMap(new HashMap<>());
    Runnable put = () -> map.merge(key, 1, Integer::sum);
    TwoThreads.together(fork, put, put);
    if (map.get(key) != 2) {
      throw new AssertionError(map);
    }
  }

  @Racy
  static void keyInTwoMaps(Fork fork) throws InterruptedException {
    Key key = new Key("k");
    Map<Key, Integer> one = Collections.synchronizedMap(new HashMap<>());
    Map<Key, Integer> other = Collections.synchronizedMap(new HashMap<>());
    TwoThreads.together(fork, () -> one.put(key, 1), () -> other.put(key, 2));
  }

  @RaceFree("Hashtable: unlike HashMap, it is synchronized")
  static void hashKeptInAKeyOfATable(Fork fork) throws InterruptedException {
    Key key = new Key("k");
    Map<Key, Integer> table = new Hashtable<>();
    Runnable put =
        () -> {
          table.put(key, 1);
          table.get(key);
        };
    TwoThreads.together(fork, put, put);
    if (table.size() != 1) {
      throw new AssertionError(table);
    }
  }

  @Racy
  static void keyInATableAndAlone(Fork fork) throws InterruptedException {
    Key key = new Key("k");
    Map<Key, Integer> table = new Hashtable<>();
    CalledBackUnderALock result = new CalledBackUnderALock();
    TwoThreads.inTurn(
        fork, () -> table.put(key, 1), () -> result.seen = key.hash); // race: keyInATableAndAlone
  }

  @RaceFree(WRAPPER + "; the other's key was made before it was put")
  static void comparedWithTheKeyOfAnother(Fork fork) throws InterruptedException {
    Map<Key, Integer> map = Collections.synchronizedMap(new HashMap<>());
    SortedMap<Key, Integer> sorted = Collections.synchronizedSortedMap(new TreeMap<>());
    Vector<Key> keys = new Vector<>();
    Runnable put =
        () -> {
          for (String name : List.of("a", "b", "c")) {
            map.put(new Key(name), 1);
            sorted.put(new Key(name), 1);
            if (!keys.contains(new Key(name))) {
              keys.add(new Key(name));
            }
          }
        };
    TwoThreads.together(fork, put, put);
    if (map.size() != 3 || sorted.size() != 3 || keys.size() < 3) {
      throw new AssertionError(map.size() + " " + sorted.size() + " " + keys.size());
    }
  }

  @Racy
  static void keyRenamed(Fork fork) throws InterruptedException {
    Map<Key, Integer> map = Collections.synchronizedMap(new HashMap<>());
    TwoThreads.inTurn(
        fork,
        () -> {
          Key key = new Key("a");
          map.put(key, 1);
          key.name = "a"; // race: keyRenamed
        },
        () -> map.get(new Key("a")));
  }

  /** Counts how often it compares. */
  private static final class Counting implements Comparator<String> {
    private int comparisons;

    @Override
    public int compare(String one, String other) {
      comparisons++; // race: comparatorOfTwoMaps
      return one.compareTo(other);
    }
  }

  @RaceFree("Collections.synchronizedSortedMap: as synchronizedMap, its comparator under its lock")
  static void comparatorThatCounts(Fork fork) throws InterruptedException {
    Counting counting = new Counting();
    SortedMap<String, Integer> map = Collections.synchronizedSortedMap(new TreeMap<>(counting));
    TwoThreads.together(fork, () -> putSome(map, "a"), () -> putSome(map.tailMap("b"), "b"));
    if (counting.comparisons < 10) {
      throw new AssertionError(counting.comparisons);
    }
  }

  @Racy
  static void comparatorOfTwoMaps(Fork fork) throws InterruptedException {
    Counting counting = new Counting();
    Map<String, Integer> one = Collections.synchronizedSortedMap(new TreeMap<>(counting));
    Map<String, Integer> other = Collections.synchronizedSortedMap(new TreeMap<>(counting));
    TwoThreads.together(fork, () -> one.put("a", 1), () -> other.put("b", 1));
  }

  @Racy
  static void twoWrappersOfOneCache(Fork fork) throws InterruptedException {
    Cache cache = new Cache();
    cache.log.add("begin");
    Map<String, Integer> map = Collections.synchronizedMap(cache);
    TwoThreads.inTurn(
        fork, () -> putSome(map, "a"), () -> cache.evictions = 0); // race: twoWrappersOfOneCache
  }

  /** Refuses what is negative, and remembers the last that it saw. */
  private static final class Refusing {
    private int last;

    private int checked(int number) {
      last = number;
      if (number < 0) {
        throw new IllegalArgumentException();
      }
      return number;
    }
  }

  @Racy
  static void writtenAfterACallThatThrew(Fork fork) throws InterruptedException {
    Refusing refusing = new Refusing();
    Vector<Integer> numbers = new Vector<>(List.of(1, -1));
    TwoThreads.inTurn(
        fork,
        () -> {
          try {
            numbers.replaceAll(refusing::checked);
          } catch (IllegalArgumentException e) {
            refusing.last = 0; // race: writtenAfterACallThatThrew
          }
        },
        () -> {
          synchronized (numbers) {
            refusing.last = 2; // race: writtenAfterACallThatThrew
          }
        });
  }

  /** Compares by what it was last compared with, and fails for one that is empty. */
  private static final class Failing {
    private String name = "";
    private int compared;

    @Override
    public boolean equals(Object other) {
      compared++;
      if (name.isEmpty()) {
        throw new IllegalStateException();
      }
      return other == this;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  @Racy
  static void writtenAfterAnEqualsThatThrew(Fork fork) throws InterruptedException {
    Failing failing = new Failing();
    List<Object> list = Collections.synchronizedList(new ArrayList<>(List.of("one")));
    TwoThreads.inTurn(
        fork,
        () -> {
          try {
            list.contains(failing);
          } catch (IllegalStateException e) {
            failing.compared = 0; // race: writtenAfterAnEqualsThatThrew
          }
        },
        () -> {
          synchronized (list) {
            failing.compared = 2; // race: writtenAfterAnEqualsThatThrew
          }
        });
  }
}
