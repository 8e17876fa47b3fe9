package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Functions that a {@link ConcurrentMap} calls. */
final class ComputingMaps {

  private static final String ATOMIC =
      "ConcurrentHashMap: an update happens before a retrieval that reports its value, and the"
          + " entire compute, merge or computeIfAbsent is performed atomically";

  private int value;

  private ComputingMaps() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
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
    ComputingMaps total = new ComputingMaps();
    TwoThreads.inTurn(
        fork, () -> countAndTotal(counts, "a", total), () -> countAndTotal(counts, "b", total));
  }

  private static void countAndTotal(Map<String, Integer> counts, String key, ComputingMaps total) {
    counts.compute(
        key,
        (same, count) -> {
          total.value++; // race: totalChangedInComputeOfTwoKeys
          return count == null ? 1 : count + 1;
        });
  }

  @RaceFree(ATOMIC)
  static void madeOnFirstUse(Fork fork) throws InterruptedException {
    Map<String, ComputingMaps> connections = new ConcurrentHashMap<>();
    ComputingMaps calls = new ComputingMaps();
    int[] seen = new int[2];
    TwoThreads.together(
        fork,
        () -> seen[0] = connection(connections, calls).value,
        () -> seen[1] = connection(connections, calls).value);
    expect(5, seen[0]);
    expect(5, seen[1]);
    expect(1, calls.value);
  }

  private static ComputingMaps connection(
      Map<String, ComputingMaps> connections, ComputingMaps calls) {
    return connections.computeIfAbsent(
        "db",
        key -> {
          calls.value++;
          ComputingMaps made = new ComputingMaps();
          made.value = 5;
          return made;
        });
  }

  @Racy
  static void changedInComputeOfASkipList(Fork fork) throws InterruptedException {
    // Its compute, says ConcurrentSkipListMap, is not guaranteed to be applied atomically.
    ConcurrentMap<String, ComputingMaps> map = new ConcurrentSkipListMap<>();
    map.put("box", new ComputingMaps());
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
