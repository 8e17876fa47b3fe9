package org.katagrade.explored;

import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.explore.Ending.Deadlock;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Concurrent and synchronised maps: what is one step, and what runs within one. */
final class Maps {

  private Maps() {}

  @Sound("ConcurrentHashMap.merge: performed atomically")
  static void merges(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();
    Crew.run(fork, 2, () -> counts.merge("word", 1, Integer::sum));
    Crew.expectEqual(2, counts.get("word"));
  }

  @Broken(Wrong.class)
  static void getsThenPuts(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();
    Crew.run(fork, 2, () -> counts.put("word", counts.getOrDefault("word", 0) + 1));
    Crew.expectEqual(2, counts.get("word"));
  }

  @Sound("putIfAbsent tells who was first")
  static void putsIfAbsent(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Integer> owners = new ConcurrentHashMap<>();
    AtomicInteger winners = new AtomicInteger();
    Task one = () -> winners.addAndGet(owners.putIfAbsent("seat", 1) == null ? 1 : 0);
    Task two = () -> winners.addAndGet(owners.putIfAbsent("seat", 2) == null ? 1 : 0);
    Crew.run(fork, one, two);
    Crew.expectEqual(1, winners.get());
  }

  @Broken(Wrong.class)
  static void asksThenPuts(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Integer> owners = new ConcurrentHashMap<>();
    AtomicInteger winners = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> {
          if (!owners.containsKey("seat")) {
            owners.put("seat", 1);
            winners.incrementAndGet();
          }
        });
    Crew.expectEqual(1, winners.get());
  }

  @Sound("computeIfAbsent applies its function at most once for a key")
  static void computesOnce(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Integer> cache = new ConcurrentHashMap<>();
    AtomicInteger computed = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> Crew.expectEqual(1, cache.computeIfAbsent("key", key -> computed.incrementAndGet())));
  }

  @Broken(Wrong.class)
  static void computesTwice(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Integer> cache = new ConcurrentHashMap<>();
    AtomicInteger computed = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> {
          Integer found = cache.get("key");
          if (found == null) {
            found = computed.incrementAndGet();
            cache.put("key", found);
          }
          Crew.expectEqual(1, found);
        });
  }

  @Broken(Deadlock.class)
  static void computesOneWithinTheOther(Fork fork) throws InterruptedException {
    ConcurrentMap<Integer, Integer> cache = new ConcurrentHashMap<>();
    Crew.run(fork, () -> computeBoth(cache, 1, 2), () -> computeBoth(cache, 2, 1));
  }

  private static void computeBoth(ConcurrentMap<Integer, Integer> cache, int outer, int inner) {
    cache.computeIfAbsent(outer, one -> cache.computeIfAbsent(inner, other -> 7));
  }

  @Sound("computes one after the other")
  static void computesOneAfterTheOther(Fork fork) throws InterruptedException {
    ConcurrentMap<Integer, Integer> cache = new ConcurrentHashMap<>();
    Task task =
        () -> {
          cache.computeIfAbsent(1, key -> 7);
          cache.computeIfAbsent(2, key -> 7);
        };
    Crew.run(fork, task, task);
    Crew.expectEqual(2, cache.size());
  }

  @Broken(Deadlock.class)
  static void locksWithinACompute(Fork fork) throws InterruptedException {
    ConcurrentMap<Integer, Integer> counts = new ConcurrentHashMap<>(Map.of(1, 1));
    Lock lock = new ReentrantLock();
    Crew.run(fork, () -> computeThenLock(counts, lock), () -> lockThenCompute(counts, lock));
  }

  @Broken(Deadlock.class)
  static void locksWithinAHashtable(Fork fork) throws InterruptedException {
    Map<Integer, Integer> counts = new Hashtable<>(Map.of(1, 1));
    Lock lock = new ReentrantLock();
    Crew.run(fork, () -> computeThenLock(counts, lock), () -> lockThenCompute(counts, lock));
  }

  @Broken(Deadlock.class)
  static void locksWithinASynchronizedMap(Fork fork) throws InterruptedException {
    Map<Integer, Integer> counts = Collections.synchronizedMap(new HashMap<>(Map.of(1, 1)));
    Lock lock = new ReentrantLock();
    Crew.run(fork, () -> computeThenLock(counts, lock), () -> lockThenCompute(counts, lock));
  }

  private static void computeThenLock(Map<Integer, Integer> counts, Lock lock) {
    counts.compute(
        1,
        (key, value) -> {
          lock.lock();
          try {
            return 2;
          } finally {
            lock.unlock();
          }
        });
  }

  private static void lockThenCompute(Map<Integer, Integer> counts, Lock lock) {
    lock.lock();
    try {
      counts.compute(1, (key, value) -> 3);
    } finally {
      lock.unlock();
    }
  }

  @Sound("a callback of a synchronised map waits for nobody who needs the map")
  static void locksBeforeASynchronizedMap(Fork fork) throws InterruptedException {
    Map<Integer, Integer> counts = Collections.synchronizedMap(new HashMap<>(Map.of(1, 1)));
    Lock lock = new ReentrantLock();
    Crew.run(fork, 2, () -> lockThenCompute(counts, lock));
  }

  @Sound("Hashtable.compute: synchronised, its function included")
  static void countsInAHashtable(Fork fork) throws InterruptedException {
    Map<String, Integer> counts = new Hashtable<>(Map.of("word", 0));
    AtomicInteger inside = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () ->
            counts.compute(
                "word",
                (word, count) -> {
                  Crew.expectEqual(1, inside.incrementAndGet());
                  inside.decrementAndGet();
                  return count + 1;
                }));
    Crew.expectEqual(2, counts.get("word"));
  }

  @Sound("Collections.synchronizedMap: compute under the map's monitor")
  static void countsInASynchronizedMap(Fork fork) throws InterruptedException {
    Map<String, Integer> counts = Collections.synchronizedMap(new HashMap<>());
    Crew.run(fork, 2, () -> counts.compute("word", (word, count) -> count == null ? 1 : count + 1));
    Crew.expectEqual(2, counts.get("word"));
  }

  @Broken(Wrong.class)
  static void countsInASynchronizedMapByHand(Fork fork) throws InterruptedException {
    Map<String, Integer> counts = Collections.synchronizedMap(new HashMap<>());
    Crew.run(fork, 2, () -> counts.put("word", counts.getOrDefault("word", 0) + 1));
    Crew.expectEqual(2, counts.get("word"));
  }

  @Sound("removes the value only if it is still the one that was seen")
  static void removesWhatItSaw(Fork fork) throws InterruptedException {
    removes(fork, true);
  }

  @Broken(Wrong.class)
  static void removesWhateverIsThere(Fork fork) throws InterruptedException {
    removes(fork, false);
  }

  private static void removes(Fork fork, boolean seen) throws InterruptedException {
    ConcurrentMap<String, Integer> sessions = new ConcurrentHashMap<>(Map.of("user", 1));
    Crew.run(
        fork,
        () -> {
          Integer session = sessions.get("user");
          if (session != null && session == 1) {
            if (seen) {
              sessions.remove("user", session);
            } else {
              sessions.remove("user");
            }
          }
        },
        () -> sessions.put("user", 2));
    Crew.expectEqual(2, sessions.get("user"));
  }
}
