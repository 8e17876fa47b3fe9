package org.katagrade.explored;

import java.util.Collections;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.explore.Ending.Leaked;
import org.katagrade.agent.explore.Ending.Livelock;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Executors: tasks that wait for tasks, ends of pools, and what was thrown. */
final class Pools {

  private Pools() {}

  private static int outer(ExecutorService pool) throws Exception {
    return pool.submit(() -> 7).get() + 1;
  }

  @Sound("one thread for each task, so none waits for a thread")
  static void taskWaitsForATask(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newThreadPerTaskExecutor(fork::thread)) {
      Crew.expectEqual(8, pool.submit(() -> outer(pool)).get());
    }
  }

  @Broken(LostWakeup.class)
  static void taskWaitsForItsOwnThread(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newSingleThreadExecutor(fork::thread)) {
      Crew.expectEqual(8, pool.submit(() -> outer(pool)).get());
    }
  }

  @Sound("a third thread for what two tasks wait for")
  static void oneThreadMore(Fork fork) throws Exception {
    twoOuterTasks(fork, 3);
  }

  @Broken(LostWakeup.class)
  static void allThreadsWait(Fork fork) throws Exception {
    twoOuterTasks(fork, 2);
  }

  private static void twoOuterTasks(Fork fork, int threads) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads, fork::thread)) {
      Future<Integer> one = pool.submit(() -> outer(pool));
      Future<Integer> two = pool.submit(() -> outer(pool));
      Crew.expectEqual(16, one.get() + two.get());
    }
  }

  @Broken(Leaked.class)
  static void leftOpen(Fork fork) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread);
    Crew.expectEqual(7, pool.submit(() -> 7).get());
  }

  @Sound("shutdown runs what was handed in before")
  static void shutDown(Fork fork) throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor(fork::thread);
    AtomicInteger ran = new AtomicInteger();
    pool.execute(ran::incrementAndGet);
    pool.execute(ran::incrementAndGet);
    pool.shutdown();
    Crew.expect(pool.awaitTermination(1, TimeUnit.HOURS), "it comes to its end");
    Crew.expectEqual(2, ran.get());
  }

  @Broken(LostWakeup.class)
  static void shutDownAtOnce(Fork fork) throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor(fork::thread);
    Future<Integer> one = pool.submit(() -> 1);
    Future<Integer> two = pool.submit(() -> 2);
    pool.shutdownNow();
    Crew.expectEqual(3, one.get() + two.get());
  }

  @Sound("closed when those that hand in have ended")
  static void closedAfterTheLast(Fork fork) throws Exception {
    AtomicInteger ran = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      Crew.run(fork, 2, () -> pool.execute(ran::incrementAndGet));
    }
    Crew.expectEqual(2, ran.get());
  }

  @Broken(Wrong.class)
  static void handedInAfterTheEnd(Fork fork) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread);
    Thread thread = Crew.start(fork, () -> pool.execute(() -> {}));
    pool.shutdown();
    thread.join();
  }

  @Sound("a refusal is heeded")
  static void refusalIsHeeded(Fork fork) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread);
    AtomicInteger ran = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    Thread thread =
        Crew.start(
            fork,
            () -> {
              try {
                pool.execute(ran::incrementAndGet);
              } catch (RejectedExecutionException e) {
                refused.incrementAndGet();
              }
            });
    pool.shutdown();
    thread.join();
    Crew.expect(pool.awaitTermination(1, TimeUnit.HOURS), "it comes to its end");
    Crew.expectEqual(1, ran.get() + refused.get());
  }

  @Sound("get throws what the task has thrown")
  static void thrownByATask(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newSingleThreadExecutor(fork::thread)) {
      Future<Integer> future =
          pool.submit(
              () -> {
                throw new IllegalStateException("the task failed");
              });
      try {
        future.get();
        throw new AssertionError("it failed");
      } catch (ExecutionException e) {
        Crew.expect(e.getCause() instanceof IllegalStateException, "of what it threw");
      }
    }
  }

  @Broken(LostWakeup.class)
  static void thrownUnseen(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newSingleThreadExecutor(fork::thread)) {
      CountDownLatch done = new CountDownLatch(1);
      pool.submit(
          () -> {
            if (done.getCount() == 1) {
              throw new IllegalStateException("the task failed");
            }
            done.countDown();
          });
      done.await();
    }
  }

  @Sound("invokeAll: all are done when it returns")
  static void invokesAll(Fork fork) throws Exception {
    AtomicInteger ran = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      pool.invokeAll(Collections.nCopies(3, ran::incrementAndGet));
      Crew.expectEqual(3, ran.get());
    }
  }

  @Broken(Wrong.class)
  static void submitsAndReads(Fork fork) throws Exception {
    AtomicInteger ran = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      for (int i = 0; i < 3; i++) {
        pool.submit(ran::incrementAndGet);
      }
      Crew.expectEqual(3, ran.get());
    }
  }

  @Broken(Wrong.class)
  static void tasksShareACount(Fork fork) throws Exception {
    AtomicInteger count = new AtomicInteger();
    try (ExecutorService pool = Executors.newThreadPerTaskExecutor(fork::thread)) {
      pool.submit(() -> count.set(count.get() + 1));
      pool.submit(() -> count.set(count.get() + 1));
    }
    Crew.expectEqual(2, count.get());
  }

  @Sound("one thread runs one task after the other")
  static void tasksOfOneThreadShareACount(Fork fork) throws Exception {
    AtomicInteger count = new AtomicInteger();
    try (ExecutorService pool = Executors.newSingleThreadExecutor(fork::thread)) {
      pool.submit(() -> count.set(count.get() + 1));
      pool.submit(() -> count.set(count.get() + 1));
    }
    Crew.expectEqual(2, count.get());
  }

  @Sound("the service gives what is done first, each once")
  static void completionService(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      CompletionService<Integer> service = new ExecutorCompletionService<>(pool);
      service.submit(() -> 1);
      service.submit(() -> 2);
      Crew.expectEqual(3, service.take().get() + service.take().get());
    }
  }

  @Broken(LostWakeup.class)
  static void takesOneMoreThanWasHandedIn(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      CompletionService<Integer> service = new ExecutorCompletionService<>(pool);
      service.submit(() -> 1);
      Crew.expectEqual(1, service.take().get());
      service.take();
    }
  }

  @Broken(Wrong.class)
  static void getsForAWhile(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newSingleThreadExecutor(fork::thread)) {
      Crew.expectEqual(7, pool.submit(() -> 7).get(1, TimeUnit.SECONDS));
    }
  }

  @Sound("after the time is up it is cancelled, and nobody waits")
  static void cancelsAfterAWhile(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newSingleThreadExecutor(fork::thread)) {
      CountDownLatch never = new CountDownLatch(1);
      Future<?> future =
          pool.submit(
              () -> {
                never.await();
                return 7;
              });
      try {
        future.get(10, TimeUnit.MILLISECONDS);
        throw new AssertionError("it waits for ever");
      } catch (TimeoutException e) {
        Crew.expect(future.cancel(true), "it is cancelled");
      }
    }
  }

  @Broken({Leaked.class, LostWakeup.class, Livelock.class})
  static void cancelsWithoutAnInterrupt(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newSingleThreadExecutor(fork::thread)) {
      CountDownLatch never = new CountDownLatch(1);
      CountDownLatch runs = new CountDownLatch(1);
      Future<?> future =
          pool.submit(
              () -> {
                runs.countDown();
                never.await();
                return 7;
              });
      runs.await();
      future.cancel(false);
    }
  }

  @Sound("FutureTask.run: once, whoever calls it")
  static void futureTaskRunsOnce(Fork fork) throws Exception {
    AtomicInteger ran = new AtomicInteger();
    FutureTask<Integer> task = new FutureTask<>(ran::incrementAndGet);
    Crew.run(fork, task::run, task::run);
    Crew.expectEqual(1, task.get());
    Crew.expectEqual(1, ran.get());
  }
}
