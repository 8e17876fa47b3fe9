package org.katagrade.races;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link ConcurrentHashMap}: objects published by its rarer methods, and caches made of it. */
final class MapUpdates {

  private static final String UPDATE =
      "ConcurrentHashMap: an update for a key happens before a retrieval that reports the value";

  private int value;
  private int seen;

  private MapUpdates() {}

  private MapUpdates(int value) {
    this.value = value;
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  /** One thread updates, another one gets until it sees the new value. */
  private static void publish(
      Fork fork, BiConsumer<ConcurrentMap<String, MapUpdates>, MapUpdates> update)
      throws InterruptedException {
    ConcurrentMap<String, MapUpdates> map = new ConcurrentHashMap<>();
    MapUpdates old = new MapUpdates(1);
    map.put("key", old);
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> update.accept(map, new MapUpdates(5)),
        () -> {
          MapUpdates found = map.get("key");
          while (found == old) {
            Thread.yield();
            found = map.get("key");
          }
          seen[0] = found.value;
        });
    expect(5, seen[0]);
  }

  @RaceFree(UPDATE)
  static void replaced(Fork fork) throws InterruptedException {
    publish(fork, (map, box) -> map.replace("key", box));
    publish(fork, (map, box) -> map.replace("key", map.get("key"), box));
    publish(fork, (map, box) -> map.replaceAll((key, old) -> box));
  }

  @RaceFree(UPDATE)
  static void setThroughTheEntry(Fork fork) throws InterruptedException {
    publish(fork, (map, box) -> map.entrySet().iterator().next().setValue(box));
    publish(
        fork,
        (map, box) -> {
          for (Map.Entry<String, MapUpdates> entry : map.entrySet()) {
            entry.setValue(box);
          }
        });
  }

  @RaceFree(UPDATE)
  static void computed(Fork fork) throws InterruptedException {
    publish(fork, (map, box) -> map.computeIfPresent("key", (key, old) -> box));
    publish(fork, (map, box) -> map.merge("key", box, (old, added) -> added));
    publish(fork, (map, box) -> map.putAll(Map.of("key", box, "other", box)));
  }

  @RaceFree(UPDATE)
  static void foundByTheViews(Fork fork) throws InterruptedException {
    ConcurrentHashMap<String, MapUpdates> map = new ConcurrentHashMap<>();
    int[] sum = new int[3];
    TwoThreads.together(
        fork,
        () -> map.put("key", new MapUpdates(5)),
        () -> {
          while (sum[0] == 0) {
            Thread.yield();
            map.values().forEach(box -> sum[0] = box.value);
          }
          map.forEach((key, box) -> sum[1] = box.value);
          sum[2] = map.entrySet().stream().mapToInt(entry -> entry.getValue().value).sum();
        });
    expect(15, sum[0] + sum[1] + sum[2]);
  }

  @Racy
  static void publishedUnderAnotherKey(Fork fork) throws InterruptedException {
    ConcurrentMap<String, MapUpdates> map = new ConcurrentHashMap<>();
    MapUpdates shared = new MapUpdates();
    MapUpdates known = new MapUpdates();
    map.put("known", known);
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.value = 5; // race: publishedUnderAnotherKey
          map.put("new", shared);
        },
        () -> {
          if (map.get("known") == known) {
            known.seen = shared.value; // race: publishedUnderAnotherKey
          }
        });
  }

  @Racy
  static void onlyTheSizeWasRead(Fork fork) throws InterruptedException {
    ConcurrentMap<String, MapUpdates> map = new ConcurrentHashMap<>();
    MapUpdates shared = new MapUpdates();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.value = 5; // race: onlyTheSizeWasRead
          map.put("key", shared);
        },
        () -> {
          if (map.size() == 1) {
            shared.seen = shared.value; // race: onlyTheSizeWasRead
          }
        });
  }

  @RaceFree("ConcurrentHashMap.newKeySet: add returns true for one of those that add the same")
  static void addedByOneOfTwo(Fork fork) throws InterruptedException {
    Set<String> claimed = ConcurrentHashMap.newKeySet();
    Set<String> view = Collections.newSetFromMap(new ConcurrentHashMap<>());
    int[] counts = new int[2];
    Runnable claim =
        () -> {
          if (claimed.add("name")) {
            counts[0]++;
          }
          if (view.add("name")) {
            counts[1]++;
          }
        };
    TwoThreads.together(fork, claim, claim);
    expect(1, counts[0]);
    expect(1, counts[1]);
  }

  private enum Kind {
    SMALL,
    LARGE
  }

  @RaceFree("ConcurrentHashMap.compute: performed atomically, once at a time for a key")
  static void mapsInsideOfTheMap(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Map<Kind, Integer>> counts = new ConcurrentHashMap<>();
    Runnable count =
        () -> {
          for (int i = 0; i < 10; i++) {
            Kind kind = i < 7 ? Kind.SMALL : Kind.LARGE;
            counts.compute(
                "key",
                (key, known) -> {
                  Map<Kind, Integer> inner = known == null ? new EnumMap<>(Kind.class) : known;
                  inner.merge(kind, 1, Integer::sum);
                  return inner;
                });
          }
        };
    TwoThreads.together(fork, count, count);
    expect(14, counts.get("key").get(Kind.SMALL));
    expect(6, counts.get("key").get(Kind.LARGE));
  }
}
