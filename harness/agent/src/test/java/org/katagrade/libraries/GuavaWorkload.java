package org.katagrade.libraries;

import static org.katagrade.libraries.Team.check;

import com.google.common.base.Suppliers;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MapMaker;
import com.google.common.collect.Multimaps;
import com.google.common.eventbus.AllowConcurrentEvents;
import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.Monitor;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.RateLimiter;
import com.google.common.util.concurrent.SettableFuture;
import com.google.common.util.concurrent.Striped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/** Guava's cache, futures, locks, maps and event bus. */
final class GuavaWorkload {

  private static final int PLATFORM = 4;
  private static final int VIRTUAL = 4;
  private static final int TURNS = 800 * Team.ROUNDS;

  private GuavaWorkload() {}

  private static final class Box {
    private int value;

    Box(int value) {
      this.value = value;
    }
  }

  static void run() throws Exception {
    cache();
    futures();
    locks();
    collections();
    events();
  }

  private static void cache() throws Exception {
    LoadingCache<Integer, Box> cache =
        CacheBuilder.newBuilder()
            .maximumSize(50)
            .expireAfterAccess(20, TimeUnit.MILLISECONDS)
            .refreshAfterWrite(2, TimeUnit.MILLISECONDS)
            .recordStats()
            .build(
                new CacheLoader<>() {
                  @Override
                  public Box load(Integer key) {
                    return new Box(key);
                  }
                });
    Team.run(
        PLATFORM,
        VIRTUAL,
        who -> {
          for (int i = 0; i < TURNS; i++) {
            int key = (i + who) % 120;
            check(cache.get(key).value == key, "a box");
            if (i % 100 == 0) {
              cache.invalidate(key);
              cache.asMap().values().forEach(box -> check(box.value >= 0, "value"));
            }
          }
        });
    check(cache.stats().requestCount() >= TURNS, "requests");
  }

  private static void futures() throws Exception {
    try (ListeningExecutorService pool =
        MoreExecutors.listeningDecorator(Executors.newFixedThreadPool(3))) {
      Team.run(
          PLATFORM,
          VIRTUAL,
          who -> {
            for (int i = 0; i < TURNS / 8; i++) {
              int number = i;
              ListenableFuture<Box> one = pool.submit(() -> new Box(number));
              SettableFuture<Box> two = SettableFuture.create();
              pool.execute(() -> two.set(new Box(1)));
              ListenableFuture<Box> sum =
                  Futures.transform(
                      Futures.allAsList(one, two),
                      boxes -> new Box(boxes.get(0).value + boxes.get(1).value),
                      MoreExecutors.directExecutor());
              ListenableFuture<Box> more =
                  Futures.transformAsync(
                      sum, box -> pool.submit(() -> new Box(box.value + 1)), pool);
              check(more.get().value == i + 2, "a sum");
              ListenableFuture<Box> caught =
                  Futures.catching(
                      pool.submit(
                          () -> {
                            throw new IllegalStateException();
                          }),
                      IllegalStateException.class,
                      e -> new Box(5),
                      pool);
              check(caught.get().value == 5, "caught");
            }
          });
    }
  }

  private static void locks() throws Exception {
    Striped<Lock> striped = Striped.lock(4);
    Box[] boxes = {new Box(0), new Box(0), new Box(0)};
    Monitor monitor = new Monitor();
    Box turns = new Box(0);
    Monitor.Guard even = monitor.newGuard(() -> turns.value % 2 == 0);
    RateLimiter limiter = RateLimiter.create(1_000_000);
    Supplier<Box> once = Suppliers.memoize(() -> new Box(42));
    Team.run(
        PLATFORM,
        VIRTUAL,
        who -> {
          for (int i = 0; i < TURNS; i++) {
            Lock lock = striped.get("box " + i % 3);
            lock.lock();
            try {
              boxes[i % 3].value++;
            } finally {
              lock.unlock();
            }
            monitor.enterWhen(even);
            try {
              turns.value += 2;
            } finally {
              monitor.leave();
            }
            limiter.acquire();
            check(once.get().value == 42, "memoized");
          }
        });
    check(turns.value == 2 * TURNS * (PLATFORM + VIRTUAL), "turns");
  }

  private static void collections() throws Exception {
    ConcurrentHashMultiset<String> words = ConcurrentHashMultiset.create();
    ConcurrentMap<Integer, Box> weak = new MapMaker().weakValues().makeMap();
    Interner<String> interner = Interners.newWeakInterner();
    ListMultimap<Integer, Box> multimap =
        Multimaps.synchronizedListMultimap(ArrayListMultimap.create());
    ImmutableMap<String, Box> fixed = ImmutableMap.of("a", new Box(1), "b", new Box(2));
    List<Box> kept = Collections.synchronizedList(new ArrayList<>());
    Team.run(
        PLATFORM,
        VIRTUAL,
        who -> {
          for (int i = 0; i < TURNS; i++) {
            words.add("word " + i % 10);
            Box box = weak.computeIfAbsent(i % 20, key -> new Box(key));
            kept.add(box);
            check(box.value == i % 20, "weak");
            check(interner.intern("i" + i % 5).length() == 2, "interned");
            multimap.put(i % 7, new Box(i));
            check(fixed.hashCode() != 1 && fixed.keySet().contains("a"), "fixed");
            check(fixed.entrySet().asList().size() == 2 && fixed.values().size() == 2, "views");
          }
        });
    check(words.size() == TURNS * (PLATFORM + VIRTUAL), "words");
    check(multimap.size() == words.size(), "multimap");
  }

  /** Handles events. */
  public static final class Listener {
    private final AtomicInteger heard = new AtomicInteger();

    @Subscribe
    @AllowConcurrentEvents
    public void hear(Box box) {
      heard.addAndGet(box.value);
    }
  }

  private static void events() throws Exception {
    EventBus bus = new EventBus();
    Listener listener = new Listener();
    bus.register(listener);
    Team.run(
        PLATFORM,
        VIRTUAL,
        who -> {
          for (int i = 0; i < TURNS / 4; i++) {
            bus.post(new Box(1));
          }
        });
    check(listener.heard.get() == TURNS / 4 * (PLATFORM + VIRTUAL), "heard");
  }
}
