package org.katagrade.races;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link HashMap}, {@link LinkedHashMap}, {@link TreeMap} and their views. */
final class Maps {

  private static final String LOCKED = "JLS 17.4.5: the map is used only under one monitor";

  private int seen;

  private Maps() {}

  private static <M extends Map<String, Integer>> M filled(M map) {
    map.put("one", 1);
    map.put("two", 2);
    map.put("three", 3);
    return map;
  }

  @Racy
  static void putAndGet(Fork fork) throws InterruptedException {
    Maps result = new Maps();
    Map<String, Integer> map = filled(new HashMap<>());
    TwoThreads.inTurn(
        fork,
        () -> map.put("four", 4), // race: putAndGet
        () -> result.seen = map.getOrDefault("one", 0)); // race: putAndGet
  }

  @RaceFree(LOCKED)
  static void wordCountUnderTheMonitor(Fork fork) throws InterruptedException {
    Map<String, Integer> counts = new HashMap<>();
    Runnable count =
        () -> {
          for (String word : "to be or not to be".split(" ")) {
            synchronized (counts) {
              counts.merge(word, 1, Integer::sum);
            }
          }
        };
    TwoThreads.together(fork, count, count);
    if (counts.get("be") != 4 || counts.size() != 4) {
      throw new AssertionError(counts);
    }
  }

  @Racy
  static void wordCountWithoutMonitor(Fork fork) throws InterruptedException {
    Map<String, Integer> counts = new HashMap<>();
    Runnable count = () -> counts.merge("be", 1, Integer::sum); // race: wordCountWithoutMonitor
    TwoThreads.inTurn(fork, count, count);
  }

  @Racy
  static void removeAndContains(Fork fork) throws InterruptedException {
    Maps result = new Maps();
    Map<String, Integer> map = filled(new TreeMap<>());
    TwoThreads.inTurn(
        fork,
        () -> result.seen = map.containsKey("one") ? 1 : 0, // race: removeAndContains
        () -> map.remove("two")); // race: removeAndContains
  }

  @RaceFree(LOCKED)
  static void treeMapUnderTheMonitor(Fork fork) throws InterruptedException {
    TreeMap<String, Integer> map = filled(new TreeMap<>());
    Maps result = new Maps();
    TwoThreads.together(
        fork,
        () -> {
          synchronized (map) {
            map.computeIfPresent("two", (key, value) -> value + 20);
          }
        },
        () -> {
          synchronized (map) {
            result.seen = map.headMap("three").firstEntry().getValue();
          }
        });
    if (result.seen != 1 || map.get("two") != 22) {
      throw new AssertionError(map);
    }
  }

  @RaceFree("HashMap: must be synchronized if at least one thread modifies it; here none does")
  static void readByBoth(Fork fork) throws InterruptedException {
    Map<String, Integer> map = filled(new HashMap<>());
    Maps one = new Maps();
    Maps other = new Maps();
    TwoThreads.together(
        fork,
        () -> one.seen = map.get("one") + map.get("two"),
        () -> {
          for (int value : map.values()) {
            other.seen += value;
          }
        });
    if (one.seen != 3 || other.seen != 6) {
      throw new AssertionError(other.seen);
    }
  }

  @RaceFree("LinkedHashMap: in insertion order a get is no modification")
  static void getsInInsertionOrder(Fork fork) throws InterruptedException {
    LinkedHashMap<String, Integer> map = filled(new LinkedHashMap<>());
    Maps one = new Maps();
    Maps other = new Maps();
    TwoThreads.together(
        fork, () -> one.seen = map.get("one"), () -> other.seen = map.getOrDefault("one", 0));
    if (one.seen + other.seen != 2) {
      throw new AssertionError(one.seen);
    }
  }

  @Racy
  static void getsInAccessOrder(Fork fork) throws InterruptedException {
    // In access order, says LinkedHashMap, merely querying the map is a structural modification.
    Map<String, Integer> map = filled(new LinkedHashMap<>(16, 0.75f, true));
    Maps one = new Maps();
    Maps other = new Maps();
    TwoThreads.inTurn(
        fork,
        () -> one.seen = map.get("one"), // race: getsInAccessOrder
        () -> other.seen = map.get("two")); // race: getsInAccessOrder
  }

  private static final class Cache extends LinkedHashMap<String, Integer> {
    private static final long serialVersionUID = 1;

    Cache() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
      return size() > 3;
    }
  }

  @RaceFree(LOCKED)
  static void cacheUnderTheMonitor(Fork fork) throws InterruptedException {
    Map<String, Integer> cache = filled(new Cache());
    Runnable use =
        () -> {
          synchronized (cache) {
            cache.get("one");
            cache.put("four", 4);
          }
        };
    TwoThreads.together(fork, use, use);
    if (!cache.keySet().equals(Set.of("one", "three", "four"))) {
      throw new AssertionError(cache);
    }
  }

  @Racy
  static void cacheWithoutMonitor(Fork fork) throws InterruptedException {
    Map<String, Integer> cache = filled(new Cache());
    Maps result = new Maps();
    Maps other = new Maps();
    TwoThreads.inTurn(
        fork,
        () -> result.seen = cache.get("one"), // race: cacheWithoutMonitor
        () -> other.seen = cache.size()); // race: cacheWithoutMonitor
  }

  @Racy
  static void keysRemovedThroughTheirView(Fork fork) throws InterruptedException {
    Map<String, Integer> map = filled(new HashMap<>());
    Maps result = new Maps();
    TwoThreads.inTurn(
        fork,
        () -> map.keySet().remove("one"), // race: keysRemovedThroughTheirView
        () -> result.seen = map.size()); // race: keysRemovedThroughTheirView
  }

  @Racy
  static void valuesIteratedBesideAPut(Fork fork) throws InterruptedException {
    Map<String, Integer> map = filled(new HashMap<>());
    Maps result = new Maps();
    TwoThreads.inTurn(
        fork,
        () -> {
          for (int value : map.values()) { // race: valuesIteratedBesideAPut
            result.seen += value;
          }
        },
        () -> map.put("four", 4)); // race: valuesIteratedBesideAPut
  }

  @Racy
  static void valueSetThroughTheEntry(Fork fork) throws InterruptedException {
    Map<String, Integer> map = filled(new HashMap<>());
    Maps result = new Maps();
    TwoThreads.inTurn(
        fork,
        () -> {
          for (Map.Entry<String, Integer> entry : map.entrySet()) {
            if (entry.getKey().equals("one")) {
              entry.setValue(11); // race: valueSetThroughTheEntry
            }
          }
        },
        () -> result.seen = map.get("one")); // race: valueSetThroughTheEntry
  }

  @RaceFree(LOCKED)
  static void entriesUnderTheMonitor(Fork fork) throws InterruptedException {
    Map<String, Integer> map = filled(new HashMap<>());
    Runnable change =
        () -> {
          synchronized (map) {
            for (Map.Entry<String, Integer> entry : map.entrySet()) {
              entry.setValue(entry.getValue() * 2);
            }
            Iterator<String> keys = map.keySet().iterator();
            keys.next();
            keys.remove();
          }
        };
    TwoThreads.together(fork, change, change);
    if (map.size() != 1 || map.values().iterator().next() < 4) {
      throw new AssertionError(map);
    }
  }

  @Racy
  static void forEachBesideAClear(Fork fork) throws InterruptedException {
    Map<String, Integer> map = filled(new TreeMap<>());
    Maps result = new Maps();
    TwoThreads.inTurn(
        fork,
        () -> map.forEach((key, value) -> result.seen += value), // race: forEachBesideAClear
        () -> map.clear()); // race: forEachBesideAClear
  }
}
