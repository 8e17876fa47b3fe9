package org.katagrade.races;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Tasks that learn by an interrupt that they are to end. */
final class InterruptedTasks {

  private static final String STOP =
      "ExecutorService.shutdownNow: cancels via Thread.interrupt, which comes before it is noticed";
  private static final String CANCEL =
      "Future.cancel: interrupts the thread executing the task, which comes before it is noticed";

  private int reason;
  private int seen;

  private InterruptedTasks() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private Runnable sleeper(CountDownLatch begun) {
    return () -> {
      begun.countDown();
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        seen = reason; // race: reasonGivenAfterShutdownNow, reasonGivenAfterTheCancellation
      }
    };
  }

  @RaceFree(STOP)
  static void reasonOfShutdownNow(Fork fork) throws InterruptedException {
    InterruptedTasks shared = new InterruptedTasks();
    CountDownLatch begun = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      pool.execute(shared.sleeper(begun));
      begun.await();
      shared.reason = 7;
      pool.shutdownNow();
    }
    expect(7, shared.seen);
  }

  @RaceFree(STOP)
  static void reasonOfShutdownNowForAThreadPerTask(Fork fork) throws InterruptedException {
    InterruptedTasks shared = new InterruptedTasks();
    CountDownLatch begun = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newThreadPerTaskExecutor(fork::thread)) {
      pool.submit(shared.sleeper(begun));
      begun.await();
      shared.reason = 7;
      pool.shutdownNow();
    }
    expect(7, shared.seen);
  }

  @Racy
  static void reasonGivenAfterShutdownNow(Fork fork) throws InterruptedException {
    InterruptedTasks shared = new InterruptedTasks();
    CountDownLatch begun = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      pool.execute(shared.sleeper(begun));
      begun.await();
      pool.shutdownNow();
      shared.reason = 7; // race: reasonGivenAfterShutdownNow
    }
  }

  @RaceFree(CANCEL)
  static void reasonOfACancellation(Fork fork) throws InterruptedException {
    InterruptedTasks shared = new InterruptedTasks();
    CountDownLatch begun = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      Future<?> task = pool.submit(shared.sleeper(begun));
      begun.await();
      shared.reason = 7;
      task.cancel(true);
    }
    expect(7, shared.seen);
  }

  @RaceFree(CANCEL)
  static void reasonOfACancellationNoticedByAsking(Fork fork) throws InterruptedException {
    InterruptedTasks shared = new InterruptedTasks();
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<Integer> task =
        new FutureTask<>(
            () -> {
              begun.countDown();
              while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
              }
              shared.seen = shared.reason;
              return 1;
            });
    TwoThreads.together(
        fork,
        task,
        Checked.task(
            () -> {
              begun.await();
              shared.reason = 7;
              task.cancel(true);
            }));
    expect(7, shared.seen);
  }

  @RaceFree(CANCEL)
  static void reasonOfACancelledSchedule(Fork fork) throws InterruptedException {
    InterruptedTasks shared = new InterruptedTasks();
    CountDownLatch begun = new CountDownLatch(1);
    try (ScheduledExecutorService pool = Executors.newScheduledThreadPool(1, fork::thread)) {
      Future<?> task = pool.schedule(shared.sleeper(begun), 1, TimeUnit.MILLISECONDS);
      begun.await();
      shared.reason = 7;
      task.cancel(true);
    }
    expect(7, shared.seen);
  }

  @Racy
  static void reasonGivenAfterTheCancellation(Fork fork) throws InterruptedException {
    InterruptedTasks shared = new InterruptedTasks();
    CountDownLatch begun = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      Future<?> task = pool.submit(shared.sleeper(begun));
      begun.await();
      task.cancel(true);
      shared.reason = 7; // race: reasonGivenAfterTheCancellation
    }
  }
}
