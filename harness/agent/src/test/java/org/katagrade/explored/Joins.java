package org.katagrade.explored;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Ending.Deadlock;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code Thread.join}: forgotten, in time, and in a circle. */
final class Joins {

  private Joins() {}

  @Sound("joined before its result is read")
  static void joined(Fork fork) throws InterruptedException {
    AtomicInteger result = new AtomicInteger();
    Thread thread = Crew.start(fork, () -> result.set(7));
    thread.join();
    Crew.expectEqual(7, result.get());
  }

  @Broken(Wrong.class)
  static void notJoined(Fork fork) {
    AtomicInteger result = new AtomicInteger();
    Crew.start(fork, () -> result.set(7));
    Crew.expectEqual(7, result.get());
  }

  @Broken(Wrong.class)
  static void joinedForAWhile(Fork fork) throws InterruptedException {
    AtomicInteger result = new AtomicInteger();
    Thread thread = Crew.start(fork, () -> result.set(7));
    thread.join(1_000);
    Crew.expectEqual(7, result.get());
  }

  @Sound("asks whether the thread has come to its end")
  static void heedsTheTimeout(Fork fork) throws InterruptedException {
    AtomicInteger result = new AtomicInteger();
    Thread thread = Crew.start(fork, () -> result.set(7));
    if (thread.join(Duration.ofSeconds(1))) {
      Crew.expectEqual(7, result.get());
    }
  }

  @Sound("asks again until it has")
  static void asksWhetherItIsAlive(Fork fork) throws InterruptedException {
    AtomicInteger result = new AtomicInteger();
    Thread thread = Crew.start(fork, () -> result.set(7));
    while (thread.isAlive()) {
      thread.join(10);
    }
    Crew.expectEqual(7, result.get());
  }

  @Broken({LostWakeup.class, Deadlock.class})
  static void eachJoinsTheOther(Fork fork) throws InterruptedException {
    AtomicReference<@Nullable Thread> other = new AtomicReference<>();
    CountDownLatch known = new CountDownLatch(1);
    Thread one =
        Crew.start(
            fork,
            () -> {
              known.await();
              Thread thread = other.get();
              if (thread != null) {
                thread.join();
              }
            });
    Thread two = Crew.start(fork, one::join);
    other.set(two);
    known.countDown();
    two.join();
  }

  @Broken({LostWakeup.class, Deadlock.class})
  static void joinsItself(Fork fork) throws InterruptedException {
    Crew.run(fork, () -> Thread.currentThread().join());
  }

  @Broken(Wrong.class)
  static void joinedBeforeItIsStarted(Fork fork) throws InterruptedException {
    AtomicInteger result = new AtomicInteger();
    Thread thread = fork.thread(() -> result.set(7));
    Crew.run(
        fork,
        thread::start,
        () -> {
          thread.join();
          Crew.expectEqual(7, result.get());
        });
  }
}
