package org.katagrade.explored;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Sleeps, deadlines and clocks: what time promises and what it does not. */
final class Times {

  private static final long HOUR = TimeUnit.HOURS.toMillis(1);

  private Times() {}

  @Broken(Wrong.class)
  static void sleepsTillItIsDone(Fork fork) throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    Crew.start(fork, () -> done.set(true));
    Thread.sleep(100);
    Crew.expect(done.get(), "it is done");
  }

  @Sound(value = "an hour has gone by when a sleep of an hour is over", takesHours = true)
  static void anHourGoesBy(Fork fork) throws InterruptedException {
    Crew.run(
        fork,
        2,
        () -> {
          long start = System.nanoTime();
          Thread.sleep(HOUR);
          Crew.expect(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(HOUR), "an hour");
        });
  }

  @Sound(value = "the clock on the wall moves as well", takesHours = true)
  static void theClockMoves(Fork fork) throws InterruptedException {
    Crew.run(
        fork,
        2,
        () -> {
          long start = System.currentTimeMillis();
          Thread.sleep(Duration.ofDays(30));
          Crew.expect(System.currentTimeMillis() - start >= 30 * 24 * HOUR, "thirty days");
        });
  }

  @Broken(Wrong.class)
  static void theLongerSleepIsTakenForTheLater(Fork fork) throws InterruptedException {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    Crew.run(
        fork,
        () -> {
          Thread.sleep(HOUR);
          order.add(1);
        },
        () -> {
          Thread.sleep(2 * HOUR);
          order.add(2);
        });
    Crew.expectEqual(List.of(1, 2), order);
  }

  @Sound("asks the clock until it is late enough")
  static void spinsTillADeadline(Fork fork) throws InterruptedException {
    AtomicInteger late = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> {
          long deadline = System.nanoTime() + 1_000_000;
          while (System.nanoTime() < deadline) {
            Thread.onSpinWait();
          }
          late.incrementAndGet();
        });
    Crew.expectEqual(2, late.get());
  }

  @Sound("sleeps until it is late enough")
  static void sleepsTillADeadline(Fork fork) throws InterruptedException {
    Crew.run(
        fork,
        2,
        () -> {
          long deadline = System.currentTimeMillis() + 5;
          while (System.currentTimeMillis() < deadline) {
            Thread.sleep(1);
          }
        });
  }

  /** Forgets what it knows after a while. */
  private static final class Cache {
    private final ConcurrentMap<String, Long> entries = new ConcurrentHashMap<>();
    private final long lifetime = 1_000;

    void put(String key) {
      entries.put(key, System.currentTimeMillis() + lifetime);
    }

    boolean contains(String key) {
      Long until = entries.get(key);
      return until != null && System.currentTimeMillis() < until;
    }

    long left(String key) {
      Long until = entries.get(key);
      return until == null ? 0 : Math.max(0, until - System.currentTimeMillis());
    }
  }

  @Broken(Wrong.class)
  static void expiresBetweenTwoQuestions(Fork fork) throws InterruptedException {
    Cache cache = new Cache();
    cache.put("key");
    Crew.run(
        fork,
        () -> Thread.sleep(2_000),
        () -> {
          if (cache.contains("key")) {
            Crew.expect(cache.left("key") > 0, "it is still there");
          }
        });
  }

  @Sound("one question, whose answer stays true")
  static void expiresAfterTheQuestion(Fork fork) throws InterruptedException {
    Cache cache = new Cache();
    cache.put("key");
    Crew.run(
        fork,
        () -> Thread.sleep(1),
        () -> {
          long left = cache.left("key");
          Crew.expect(left >= 0 && left <= 1_000, "what is left of its time");
        });
  }

  /** Barks when nobody has called for a while. */
  private static final class Watchdog {
    private final AtomicLong called = new AtomicLong(System.nanoTime());

    void call() {
      called.set(System.nanoTime());
    }

    boolean barks() {
      return System.nanoTime() - called.get() > TimeUnit.SECONDS.toNanos(2);
    }
  }

  @Broken(Wrong.class)
  static void watchdogBarksAtTheLiving(Fork fork) throws InterruptedException {
    Watchdog dog = new Watchdog();
    Thread worker =
        Crew.start(
            fork,
            () -> {
              for (int i = 0; i < 3; i++) {
                Thread.sleep(1_000);
                dog.call();
              }
            });
    for (int i = 0; i < 3; i++) {
      Thread.sleep(1_000);
      Crew.expect(!dog.barks() || !worker.isAlive(), "it barks at the dead only");
    }
    worker.join();
  }

  @Broken(LostWakeup.class)
  static void timeoutRacesWithTheSignal(Fork fork) throws InterruptedException {
    Semaphore permits = new Semaphore(0);
    CountDownLatch got = new CountDownLatch(1);
    Crew.run(
        fork,
        permits::release,
        () -> {
          if (permits.tryAcquire(1, TimeUnit.SECONDS)) {
            got.countDown();
          }
        },
        got::await);
  }

  @Sound("the total wait is limited, however often it is woken")
  static void waitsNoLongerThan(Fork fork) throws InterruptedException {
    Object monitor = new Object();
    Crew.run(
        fork,
        () -> {
          synchronized (monitor) {
            long deadline = System.nanoTime() + 5_000_000;
            long left = deadline - System.nanoTime();
            while (left > 0) {
              TimeUnit.NANOSECONDS.timedWait(monitor, left + 1_000_000);
              left = deadline - System.nanoTime();
            }
          }
        },
        () -> {
          synchronized (monitor) {
            monitor.notifyAll();
          }
        });
  }
}
