package org.katagrade.explored;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.explore.Ending.Leaked;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Scheduled executors and {@code Timer}: tasks that stop, and those that come too early. */
final class Scheduled {

  private Scheduled() {}

  @Sound("repeated until it is cancelled")
  static void repeats(Fork fork) throws Exception {
    try (ScheduledExecutorService pool = Executors.newScheduledThreadPool(1, fork::thread)) {
      CountDownLatch thrice = new CountDownLatch(3);
      ScheduledFuture<?> future =
          pool.scheduleAtFixedRate(thrice::countDown, 1, 1, TimeUnit.MILLISECONDS);
      thrice.await();
      future.cancel(false);
    }
  }

  @Broken(LostWakeup.class)
  static void stopsWhenItThrows(Fork fork) throws Exception {
    try (ScheduledExecutorService pool = Executors.newScheduledThreadPool(1, fork::thread)) {
      CountDownLatch thrice = new CountDownLatch(3);
      AtomicInteger runs = new AtomicInteger();
      ScheduledFuture<?> future =
          pool.scheduleAtFixedRate(
              () -> {
                if (runs.incrementAndGet() == 2) {
                  throw new IllegalStateException("once in a while");
                }
                thrice.countDown();
              },
              1,
              1,
              TimeUnit.MILLISECONDS);
      thrice.await();
      future.cancel(false);
    }
  }

  @Sound("both run, and which is first is not asked")
  static void bothRun(Fork fork) throws Exception {
    AtomicInteger sum = new AtomicInteger();
    try (ScheduledExecutorService pool = Executors.newScheduledThreadPool(1, fork::thread)) {
      pool.schedule(() -> sum.addAndGet(2), 20, TimeUnit.MILLISECONDS);
      pool.schedule(() -> sum.addAndGet(1), 10, TimeUnit.MILLISECONDS);
    }
    Crew.expectEqual(3, sum.get());
  }

  @Broken(Wrong.class)
  static void delaysTakenForOrder(Fork fork) throws Exception {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    try (ScheduledExecutorService pool = Executors.newScheduledThreadPool(2, fork::thread)) {
      pool.schedule(() -> order.add(2), 20, TimeUnit.MILLISECONDS);
      pool.schedule(() -> order.add(1), 10, TimeUnit.MILLISECONDS);
    }
    Crew.expectEqual(List.of(1, 2), order);
  }

  @Broken(Wrong.class)
  static void delayTakenForOrder(Fork fork) throws Exception {
    AtomicBoolean ready = new AtomicBoolean();
    Crew.start(fork, () -> ready.set(true));
    try (ScheduledExecutorService pool = Executors.newScheduledThreadPool(1, fork::thread)) {
      pool.schedule(() -> Crew.expect(ready.get(), "ready"), 100, TimeUnit.MILLISECONDS).get();
    }
  }

  @Sound("what could not be cancelled has run")
  static void cancelledOrRun(Fork fork) throws Exception {
    cancels(fork, false);
  }

  /** One that runs already can be cancelled as well, and goes on. */
  @Broken(Wrong.class)
  static void cancelledAndRun(Fork fork) throws Exception {
    cancels(fork, true);
  }

  private static void cancels(Fork fork, boolean believes) throws Exception {
    AtomicInteger runs = new AtomicInteger();
    boolean cancelled;
    try (ScheduledExecutorService pool = Executors.newScheduledThreadPool(1, fork::thread)) {
      ScheduledFuture<?> future = pool.schedule(runs::incrementAndGet, 10, TimeUnit.MILLISECONDS);
      cancelled = future.cancel(false);
    }
    if (!cancelled) {
      Crew.expectEqual(1, runs.get());
    } else if (believes) {
      Crew.expectEqual(0, runs.get());
    }
  }

  @Broken(Wrong.class)
  static void cancelTakenForGranted(Fork fork) throws Exception {
    AtomicInteger runs = new AtomicInteger();
    try (ScheduledExecutorService pool = Executors.newScheduledThreadPool(1, fork::thread)) {
      pool.schedule(runs::incrementAndGet, 10, TimeUnit.MILLISECONDS).cancel(false);
    }
    Crew.expectEqual(0, runs.get());
  }

  /** A timer's task. */
  private static TimerTask task(Runnable body) {
    return new TimerTask() {
      @Override
      public void run() {
        body.run();
      }
    };
  }

  @Sound("waits for the task before it ends the timer")
  static void timerEndsAfterItsTask(Fork fork) throws Exception {
    Timer timer = new Timer(true);
    CountDownLatch ran = new CountDownLatch(1);
    Crew.run(fork, () -> timer.schedule(task(ran::countDown), 10), ran::await);
    timer.cancel();
  }

  @Broken(LostWakeup.class)
  static void timerEndsBeforeItsTask(Fork fork) throws Exception {
    Timer timer = new Timer(true);
    CountDownLatch ran = new CountDownLatch(1);
    timer.schedule(task(ran::countDown), 10);
    Crew.run(fork, timer::cancel, ran::await);
  }

  @Broken(Wrong.class)
  static void timerUsedAfterItsEnd(Fork fork) throws Exception {
    Timer timer = new Timer(true);
    Crew.run(fork, timer::cancel, () -> timer.schedule(task(() -> {}), 10));
  }

  @Broken(Leaked.class)
  static void timerIsLeft(Fork fork) throws Exception {
    Timer timer = new Timer();
    CountDownLatch ran = new CountDownLatch(1);
    Crew.run(fork, () -> timer.schedule(task(ran::countDown), 10), ran::await);
  }

  @Sound("one thread runs all tasks of a timer")
  static void tasksOfATimer(Fork fork) throws Exception {
    Timer timer = new Timer(true);
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger inside = new AtomicInteger();
    Task schedule =
        () ->
            timer.schedule(
                task(
                    () -> {
                      Crew.expectEqual(1, inside.incrementAndGet());
                      inside.decrementAndGet();
                      both.countDown();
                    }),
                5);
    Crew.run(fork, schedule, schedule, both::await);
    timer.cancel();
  }

  @Broken(Wrong.class)
  static void tasksOfTwoTimers(Fork fork) throws Exception {
    Timer one = new Timer(true);
    Timer two = new Timer(true);
    AtomicInteger inside = new AtomicInteger();
    CountDownLatch both = new CountDownLatch(2);
    Runnable visit =
        () -> {
          Crew.expectEqual(1, inside.incrementAndGet());
          inside.decrementAndGet();
          both.countDown();
        };
    one.schedule(task(visit), 5);
    two.schedule(task(visit), 5);
    both.await();
    one.cancel();
    two.cancel();
  }
}
