package org.katagrade.libraries;

import static org.katagrade.libraries.Team.check;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Caches as services use them: bounded, loading, refreshing, expiring, weighed, asynchronous. */
final class CaffeineWorkload {

  private static final int PLATFORM = 4;
  private static final int VIRTUAL = 8;
  private static final int TURNS = 1_500 * Team.ROUNDS;

  private CaffeineWorkload() {}

  private record User(int id, String name) {}

  static void run() throws Exception {
    bounded();
    loadingAndRefreshing();
    expiring();
    asynchronous();
  }

  private static void bounded() throws Exception {
    AtomicInteger removed = new AtomicInteger();
    Cache<Integer, User> cache =
        Caffeine.newBuilder()
            .maximumSize(100)
            .recordStats()
            .removalListener(
                (Integer id, User user, RemovalCause cause) -> removed.incrementAndGet())
            .build();
    Team.run(
        PLATFORM,
        VIRTUAL,
        who -> {
          for (int i = 0; i < TURNS; i++) {
            int id = (i * 7 + who * 13) % 300;
            User user = cache.get(id, key -> new User(key, "user " + key));
            check(user.id == id && user.name.endsWith(" " + id), "a user");
            if (i % 50 == 0) {
              cache.put(id, new User(id, "put " + id));
            }
            if (i % 97 == 0) {
              cache.invalidate(id);
            }
            User seen = cache.getIfPresent((id + 1) % 300);
            check(seen == null || seen.id == (id + 1) % 300, "another user");
          }
        });
    cache.cleanUp();
    check(cache.estimatedSize() <= 100, "size " + cache.estimatedSize());
    check(cache.stats().requestCount() == 2L * TURNS * (PLATFORM + VIRTUAL), "requests");
    cache.asMap().forEach((id, user) -> check(user.id == id, "an entry"));
  }

  private static void loadingAndRefreshing() throws Exception {
    AtomicInteger loads = new AtomicInteger();
    LoadingCache<Integer, User> cache =
        Caffeine.newBuilder()
            .maximumWeight(2_000)
            .weigher((Integer id, User user) -> user.name.length())
            .refreshAfterWrite(Duration.ofMillis(5))
            .build(
                id -> {
                  loads.incrementAndGet();
                  return new User(id, "user " + id);
                });
    Team.run(
        PLATFORM,
        VIRTUAL,
        who -> {
          for (int i = 0; i < TURNS; i++) {
            int id = (i + who) % 400;
            check(cache.get(id).id == id, "a loaded user");
            if (i % 200 == 0) {
              Map<Integer, User> all = cache.getAll(List.of(id, id + 1, id + 2));
              check(all.size() == 3, "three of them");
              cache.asMap().computeIfPresent(id, (key, user) -> new User(key, user.name + "!"));
            }
          }
        });
    check(loads.get() >= 400, "loads");
  }

  private static void expiring() throws Exception {
    Cache<String, AtomicInteger> cache =
        Caffeine.newBuilder()
            .weakValues()
            .expireAfterAccess(Duration.ofMillis(3))
            .expireAfterWrite(Duration.ofMillis(10))
            .build();
    AtomicInteger counted = new AtomicInteger();
    Team.run(
        PLATFORM,
        VIRTUAL,
        who -> {
          for (int i = 0; i < TURNS; i++) {
            AtomicInteger counter = cache.get("key " + i % 50, key -> new AtomicInteger());
            counter.incrementAndGet();
            counted.incrementAndGet();
            cache.asMap().merge("key " + who, counter, (one, other) -> one);
          }
        });
    check(counted.get() == TURNS * (PLATFORM + VIRTUAL), "counts");
    cache.invalidateAll();
    cache.cleanUp();
    check(cache.estimatedSize() == 0, "empty");
  }

  private static void asynchronous() throws Exception {
    AsyncLoadingCache<Integer, User> cache =
        Caffeine.newBuilder().maximumSize(200).buildAsync(id -> new User(id, "user " + id));
    Team.run(
        PLATFORM,
        VIRTUAL,
        who -> {
          for (int i = 0; i < TURNS / 3; i++) {
            int id = (i * 3 + who) % 500;
            check(cache.get(id).thenApply(User::name).join().equals("user " + id), "a name");
          }
        });
    cache.synchronous().cleanUp();
    check(cache.synchronous().estimatedSize() <= 200, "size");
  }
}
