package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
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

/** {@link ExecutorService}: what is given to a pool, and its end. */
final class Pools {

  private static final String SUBMIT =
      "ExecutorService: what precedes the submission happens before the task, and that before its"
          + " result is retrieved via Future.get()";
  private static final String TERMINATED =
      "ExecutorService.awaitTermination, close: return once all tasks have completed execution";

  private int value;
  private int seen;

  private Pools() {}

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

  @RaceFree(SUBMIT)
  static void submitAndGet(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      Pools shared = new Pools();
      shared.value = 3;
      Future<?> done = pool.submit(() -> shared.value *= 2);
      done.get();
      expect(6, shared.value);
    }
  }

  @Racy
  static void submitWithoutGet(Fork fork) throws Exception {
    Pools shared = new Pools();
    Unseen written = new Unseen();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      pool.execute(
          () -> {
            shared.value = 6; // race: submitWithoutGet
            written.reached();
          });
      written.await();
      shared.seen = shared.value; // race: submitWithoutGet
    }
  }

  @Racy
  static void argumentChangedAfterTheSubmission(Fork fork) throws Exception {
    Pools argument = new Pools();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      Future<Integer> result =
          pool.submit(() -> argument.value + 1); // race: argumentChangedAfterTheSubmission
      argument.value = 5; // race: argumentChangedAfterTheSubmission
      argument.seen = result.get();
    }
  }

  @RaceFree(SUBMIT)
  static void slicesByInvokeAll(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      int[] cells = {1, 2, 3, 4, 5, 6};
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int slice = 0; slice < 3; slice++) {
        int from = 2 * slice;
        tasks.add(
            () -> {
              cells[from] *= 10;
              return cells[from] + cells[from + 1];
            });
      }
      int sum = 0;
      for (Future<Integer> result : pool.invokeAll(tasks)) {
        sum += result.get();
      }
      expect(10 + 2 + 30 + 4 + 50 + 6, sum);
      expect(30, cells[2]);
    }
  }

  @RaceFree("ExecutorService.invokeAny: returns the result of one that completed")
  static void resultOfInvokeAny(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      Callable<Pools> make =
          () -> {
            Pools result = new Pools();
            result.value = 4;
            return result;
          };
      expect(4, pool.invokeAny(List.of(make, make)).value);
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
    Pools one = new Pools();
    Pools other = new Pools();
    try (ExecutorService pool = Executors.newThreadPerTaskExecutor(fork::thread)) {
      pool.submit(() -> one.value = 3);
      pool.submit(() -> other.value = 4);
    }
    expect(7, one.value + other.value);
  }

  @RaceFree(TERMINATED)
  static void virtualThreadPerTask(Fork fork) throws Exception {
    Pools one = new Pools();
    Pools other = new Pools();
    one.seen = 1;
    other.seen = 2;
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = pool.submit(() -> one.value = one.seen);
      pool.execute(() -> other.value = other.seen);
      expect(1, first.get() * one.value);
    }
    expect(2, other.value);
  }

  @Racy
  static void shutdownWithoutAwait(Fork fork) throws Exception {
    Pools shared = new Pools();
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
    Pools shared = new Pools();
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

  @Racy
  static void sharedByTwoTasks(Fork fork) throws Exception {
    Pools shared = new Pools();
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      Future<?> first = pool.submit(() -> shared.increment(one, other));
      Future<?> second = pool.submit(() -> shared.increment(other, one));
      first.get();
      second.get();
    }
  }

  private void increment(Unseen here, Unseen there) {
    // Otherwise one thread might do both.
    here.reached();
    there.await();
    value++; // race: sharedByTwoTasks
  }

  @RaceFree("JLS 17.4.5: the tasks lock what they share")
  static void sharedUnderAMonitor(Fork fork) throws Exception {
    Pools shared = new Pools();
    ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread);
    for (int i = 0; i < 6; i++) {
      pool.execute(
          () -> {
            synchronized (shared) {
              shared.value++;
            }
          });
    }
    end(pool);
    expect(6, shared.value);
  }

  @RaceFree("Executors.newSingleThreadExecutor: tasks are guaranteed to execute sequentially")
  static void oneTaskAfterTheOther(Fork fork) throws Exception {
    Pools shared = new Pools();
    List<Integer> log = new ArrayList<>();
    try (ExecutorService pool = Executors.newSingleThreadExecutor(fork::thread)) {
      for (int i = 0; i < 5; i++) {
        pool.execute(
            () -> {
              shared.value++;
              log.add(shared.value);
            });
      }
      expect(5, pool.submit(() -> shared.value).get());
      expect(5, log.size());
    }
  }

  @RaceFree("CountDownLatch: what precedes countDown happens before what follows await")
  static void latchInsteadOfGet(Fork fork) throws Exception {
    Pools shared = new Pools();
    CountDownLatch done = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newCachedThreadPool(fork::thread)) {
      pool.execute(
          () -> {
            shared.value = 6;
            done.countDown();
          });
      done.await();
      expect(6, shared.value);
    }
  }

  @RaceFree("ExecutorService.shutdownNow: the tasks returned never commenced execution")
  static void neverStarted(Fork fork) throws Exception {
    Pools shared = new Pools();
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
    Pools shared = new Pools();
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
    Pools shared = new Pools();
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
    Pools shared = new Pools();
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
