package org.katagrade.races;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link ConcurrentHashMap} and {@link ConcurrentSkipListMap}. */
final class ConcurrentMaps {

  private static final String PLACED =
      "ConcurrentMap: what precedes placing an object happens before what follows its access";

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
}
