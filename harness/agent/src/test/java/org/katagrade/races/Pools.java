package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link ExecutorService}: what is given to a pool. */
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
}
