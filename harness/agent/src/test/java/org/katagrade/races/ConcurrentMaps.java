package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link ConcurrentHashMap} and {@link ConcurrentSkipListMap}. */
final class ConcurrentMaps {

  private static final String PLACED =
      "ConcurrentMap: what precedes placing an object happens before what follows its access";
  private static final String ATOMIC =
      "ConcurrentHashMap: an update happens before a retrieval that reports its value, and the"
          + " entire compute, merge or computeIfAbsent is performed atomically";

  private int value;

  private ConcurrentMaps() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static <T> T await(Map<String, T> map, String key) {
    T found;
    while ((found = map.get(key)) == null) {
      Thread.yield();
    }
    return found;
  }

  private static void putAndGet(Fork fork, ConcurrentMap<String, ConcurrentMaps> map)
      throws InterruptedException {
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          ConcurrentMaps box = new ConcurrentMaps();
          box.value = 7;
          map.put("box", box);
        },
        () -> seen[0] = await(map, "box").value);
    expect(7, seen[0]);
  }

  @RaceFree(PLACED)
  static void putAndGetInAHashMap(Fork fork) throws InterruptedException {
    putAndGet(fork, new ConcurrentHashMap<>());
  }

  @RaceFree(PLACED)
  static void putAndGetInASkipList(Fork fork) throws InterruptedException {
    putAndGet(fork, new ConcurrentSkipListMap<>());
  }

  @Racy
  static void changedAfterThePut(Fork fork) throws InterruptedException {
    Map<String, ConcurrentMaps> map = new ConcurrentHashMap<>();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          ConcurrentMaps box = new ConcurrentMaps();
          map.put("box", box);
          box.value = 7; // race: changedAfterThePut
        },
        () -> {
          ConcurrentMaps box = await(map, "box");
          seen[0] = box.value; // race: changedAfterThePut
        });
  }

  @RaceFree(ATOMIC)
  static void listsGrownInCompute(Fork fork) throws InterruptedException {
    Map<String, List<Integer>> lists = new ConcurrentHashMap<>();
    Runnable add =
        () -> {
          for (int i = 0; i < 10; i++) {
            int number = i;
            lists.compute(
                i % 2 == 0 ? "even" : "odd",
                (key, list) -> {
                  List<Integer> grown = list == null ? new ArrayList<>() : list;
                  grown.add(number);
                  return grown;
                });
          }
        };
    TwoThreads.together(fork, add, add);
    expect(10, lists.get("even").size());
    expect(10, lists.get("odd").size());
  }

  @Racy
  static void listGrownAfterComputeIfAbsent(Fork fork) throws InterruptedException {
    Map<String, List<Integer>> lists = new ConcurrentHashMap<>();
    Runnable add =
        () -> {
          List<Integer> list = lists.computeIfAbsent("all", key -> new ArrayList<>());
          list.add(1); // race: listGrownAfterComputeIfAbsent
        };
    TwoThreads.inTurn(fork, add, add);
  }

  @RaceFree(ATOMIC)
  static void merged(Fork fork) throws InterruptedException {
    Map<String, int[]> counts = new ConcurrentHashMap<>();
    Runnable count =
        () -> {
          for (String word : "to be or not to be".split(" ")) {
            counts.merge(
                word,
                new int[] {1},
                (old, one) -> {
                  old[0] += one[0];
                  return old;
                });
          }
        };
    TwoThreads.together(fork, count, count);
    expect(4, counts.get("be")[0]);
    expect(2, counts.get("or")[0]);
  }

  @Racy
  static void totalChangedInComputeOfTwoKeys(Fork fork) throws InterruptedException {
    Map<String, Integer> counts = new ConcurrentHashMap<>();
    ConcurrentMaps total = new ConcurrentMaps();
    TwoThreads.inTurn(
        fork, () -> countAndTotal(counts, "a", total), () -> countAndTotal(counts, "b", total));
  }

  private static void countAndTotal(Map<String, Integer> counts, String key, ConcurrentMaps total) {
    counts.compute(
        key,
        (same, count) -> {
          total.value++; // race: totalChangedInComputeOfTwoKeys
          return count == null ? 1 : count + 1;
        });
  }

  @RaceFree(ATOMIC)
  static void madeOnFirstUse(Fork fork) throws InterruptedException {
    Map<String, ConcurrentMaps> connections = new ConcurrentHashMap<>();
    ConcurrentMaps calls = new ConcurrentMaps();
    int[] seen = new int[2];
    TwoThreads.together(
        fork,
        () -> seen[0] = connection(connections, calls).value,
        () -> seen[1] = connection(connections, calls).value);
    expect(5, seen[0]);
    expect(5, seen[1]);
    expect(1, calls.value);
  }

  private static ConcurrentMaps connection(
      Map<String, ConcurrentMaps> connections, ConcurrentMaps calls) {
    return connections.computeIfAbsent(
        "db",
        key -> {
          calls.value++;
          ConcurrentMaps made = new ConcurrentMaps();
          made.value = 5;
          return made;
        });
  }

  @RaceFree(PLACED)
  static void putIfAbsentAndUseTheOthers(Fork fork) throws InterruptedException {
    ConcurrentMap<String, ConcurrentMaps> map = new ConcurrentHashMap<>();
    int[] seen = new int[2];
    TwoThreads.together(
        fork, () -> seen[0] = ownOrOthers(map, 3), () -> seen[1] = ownOrOthers(map, 4));
    if (seen[0] != seen[1] || seen[0] < 3) {
      throw new AssertionError(seen[0]);
    }
  }

  private static int ownOrOthers(ConcurrentMap<String, ConcurrentMaps> map, int value) {
    ConcurrentMaps own = new ConcurrentMaps();
    own.value = value;
    ConcurrentMaps others = map.putIfAbsent("box", own);
    return others == null ? own.value : others.value;
  }

  @RaceFree(PLACED)
  static void iteratedWhileOthersPut(Fork fork) throws InterruptedException {
    Map<Integer, ConcurrentMaps> map = new ConcurrentHashMap<>();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 0; i < 10; i++) {
            ConcurrentMaps box = new ConcurrentMaps();
            box.value = 1;
            map.put(i, box);
          }
        },
        () -> {
          int found = 0;
          while (found < 10) {
            Thread.yield();
            found = 0;
            for (ConcurrentMaps box : map.values()) {
              found += box.value;
            }
          }
          map.forEach((key, box) -> seen[0] += box.value);
        });
    expect(10, seen[0]);
  }

  @RaceFree(PLACED)
  static void removedByOneOfTwo(Fork fork) throws InterruptedException {
    Map<Integer, ConcurrentMaps> jobs = new ConcurrentSkipListMap<>();
    for (int i = 0; i < 10; i++) {
      jobs.put(i, new ConcurrentMaps());
    }
    int[] done = new int[2];
    TwoThreads.together(fork, () -> done[0] = removeAll(jobs), () -> done[1] = removeAll(jobs));
    expect(10, done[0] + done[1]);
  }

  private static int removeAll(Map<Integer, ConcurrentMaps> jobs) {
    int done = 0;
    for (int i = 0; i < 10; i++) {
      ConcurrentMaps job = jobs.remove(i);
      if (job != null) {
        // Removed by nobody else: its owner may change it.
        job.value++;
        done += job.value;
      }
    }
    return done;
  }

  @RaceFree("ConcurrentSkipListSet: a concurrent collection, used by both")
  static void sortedNames(Fork fork) throws InterruptedException {
    ConcurrentSkipListSet<String> names = new ConcurrentSkipListSet<>();
    TwoThreads.together(
        fork, () -> names.addAll(List.of("b", "d")), () -> names.addAll(List.of("c", "a")));
    if (!"abcd".equals(String.join("", names)) || !"a".equals(names.first())) {
      throw new AssertionError(names);
    }
  }

  @Racy
  static void changedInComputeOfASkipList(Fork fork) throws InterruptedException {
    // Its compute, says ConcurrentSkipListMap, is not guaranteed to be applied atomically.
    ConcurrentMap<String, ConcurrentMaps> map = new ConcurrentSkipListMap<>();
    map.put("box", new ConcurrentMaps());
    Unseen changed = new Unseen();
    Unseen over = new Unseen();
    TwoThreads.together(
        fork,
        () ->
            map.computeIfPresent(
                "box",
                (key, box) -> {
                  box.value += 1; // race: changedInComputeOfASkipList
                  changed.reached();
                  over.await();
                  return box;
                }),
        () -> {
          changed.await();
          map.computeIfPresent(
              "box",
              (key, box) -> {
                box.value += 2; // race: changedInComputeOfASkipList
                over.reached();
                return box;
              });
        });
  }
}
