package org.katagrade.races;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link ExecutorService}: the end of a pool, and tasks that it does not run itself. */
final class EndsOfPools {

  private static final String TERMINATED =
      "ExecutorService.awaitTermination, close: return once all tasks have completed execution";

  private int value;
  private int seen;

  private EndsOfPools() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static void end(ExecutorService pool) throws InterruptedException {
    pool.shutdown();
    if (!pool.awaitTermination(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running");
    }
  }

  @RaceFree(TERMINATED)
  static void readAfterTermination(Fork fork) throws Exception {
    int[] cells = new int[4];
    ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread);
    for (int i = 0; i < cells.length; i++) {
      int mine = i;
      pool.execute(() -> cells[mine] = mine + 1);
    }
    end(pool);
    expect(10, cells[0] + cells[1] + cells[2] + cells[3]);
  }

  @RaceFree(TERMINATED)
  static void readAfterClose(Fork fork) throws Exception {
    EndsOfPools one = new EndsOfPools();
    EndsOfPools other = new EndsOfPools();
    try (ExecutorService pool = Executors.newThreadPerTaskExecutor(fork::thread)) {
      pool.submit(() -> one.value = 3);
      pool.submit(() -> other.value = 4);
    }
    expect(7, one.value + other.value);
  }

  @Racy
  static void shutdownWithoutAwait(Fork fork) throws Exception {
    EndsOfPools shared = new EndsOfPools();
    Unseen written = new Unseen();
    ExecutorService pool = Executors.newFixedThreadPool(1, fork::thread);
    pool.execute(
        () -> {
          shared.value = 6; // race: shutdownWithoutAwait
          written.reached();
        });
    written.await();
    pool.shutdown();
    shared.seen = shared.value; // race: shutdownWithoutAwait
    end(pool);
  }

  @Racy
  static void awaitTerminationIgnored(Fork fork) throws Exception {
    EndsOfPools shared = new EndsOfPools();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    ExecutorService pool = Executors.newFixedThreadPool(1, fork::thread);
    pool.execute(
        () -> {
          shared.value = 6; // race: awaitTerminationIgnored
          written.reached();
          over.await();
        });
    written.await();
    pool.shutdown();
    boolean unused = pool.awaitTermination(1, TimeUnit.MICROSECONDS);
    shared.seen = shared.value; // race: awaitTerminationIgnored
    over.reached();
    end(pool);
  }

  @RaceFree("ExecutorService.shutdownNow: the tasks returned never commenced execution")
  static void neverStarted(Fork fork) throws Exception {
    EndsOfPools shared = new EndsOfPools();
    Unseen started = new Unseen();
    ExecutorService pool = Executors.newFixedThreadPool(1, fork::thread);
    pool.execute(
        () -> {
          started.reached();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException expected) {
            shared.seen = 1;
          }
        });
    pool.execute(() -> shared.value = 6);
    started.await();
    List<Runnable> left = pool.shutdownNow();
    for (Runnable task : left) {
      task.run();
    }
    expect(6, shared.value);
    end(pool);
    expect(1, shared.seen);
  }

  @RaceFree("Future.cancel: a task cancelled before it starts never runs")
  static void cancelledBeforeItStarts(Fork fork) throws Exception {
    EndsOfPools shared = new EndsOfPools();
    Unseen started = new Unseen();
    Unseen cancelled = new Unseen();
    try (ExecutorService pool = Executors.newFixedThreadPool(1, fork::thread)) {
      pool.execute(
          () -> {
            started.reached();
            cancelled.await();
          });
      started.await();
      Future<?> waiting = pool.submit(() -> shared.value = 6);
      if (waiting.cancel(false)) {
        shared.value = 1;
      }
      cancelled.reached();
    }
    expect(1, shared.value);
  }

  private static final class CountingPool extends ThreadPoolExecutor {
    private int tasks;
    private int failures;

    CountingPool(Fork fork) {
      super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), fork::thread);
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable failure) {
      super.afterExecute(task, failure);
      tasks++;
      failures += failure == null ? 0 : 1;
    }
  }

  @RaceFree("ThreadPoolExecutor.afterExecute: called by the thread that executed the task")
  static void countedByThePool(Fork fork) throws Exception {
    CountingPool pool = new CountingPool(fork);
    EndsOfPools shared = new EndsOfPools();
    for (int i = 0; i < 4; i++) {
      pool.execute(() -> shared.value++);
    }
    end(pool);
    expect(4, shared.value);
    expect(4, pool.tasks);
    expect(0, pool.failures);
  }

  @RaceFree("ThreadPoolExecutor.CallerRunsPolicy: runs a rejected task in the calling thread")
  static void runByTheCaller(Fork fork) throws Exception {
    EndsOfPools shared = new EndsOfPools();
    Unseen started = new Unseen();
    Unseen over = new Unseen();
    try (ExecutorService pool =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            fork::thread,
            new ThreadPoolExecutor.CallerRunsPolicy())) {
      Runnable occupy =
          () -> {
            started.reached();
            over.await();
          };
      pool.execute(occupy);
      started.await();
      pool.execute(occupy);
      pool.execute(() -> shared.value++);
      shared.value++;
      over.reached();
    }
    expect(2, shared.value);
  }
}
