package org.katagrade.races;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** The less usual ways into a {@link ForkJoinPool}, and out of it. */
final class ForkJoinPoolCalls {

  private static final String SUBMIT =
      "ExecutorService: before the submission, the task, after Future.get()";

  private int value;

  private ForkJoinPoolCalls() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static final class Adding extends RecursiveAction {
    private final ForkJoinPoolCalls shared;

    Adding(ForkJoinPoolCalls shared) {
      this.shared = shared;
    }

    @Override
    protected void compute() {
      shared.value += 7; // race: submittedWithoutAwaiting
    }
  }

  @RaceFree(SUBMIT)
  static void submittedWithAResult(Fork fork) throws Exception {
    ForkJoinPoolCalls shared = new ForkJoinPoolCalls();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      shared.value = 1;
      ForkJoinTask<Integer> task = pool.submit(() -> shared.value += 6, 5);
      expect(5, task.get());
      expect(7, shared.value);
    }
  }

  @RaceFree(SUBMIT)
  static void submittedFromOutsideAndLazily(Fork fork) throws Exception {
    ForkJoinPoolCalls shared = new ForkJoinPoolCalls();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      shared.value = 1;
      pool.externalSubmit(new Adding(shared)).get();
      shared.value++;
      ForkJoinTask<Void> lazy = pool.lazySubmit(new Adding(shared));
      pool.submit(() -> {}).get();
      lazy.join();
      expect(16, shared.value);
    }
  }

  @Racy
  static void submittedWithoutAwaiting(Fork fork) throws Exception {
    ForkJoinPoolCalls shared = new ForkJoinPoolCalls();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.externalSubmit(new Adding(shared));
      shared.value = 1; // race: submittedWithoutAwaiting
    }
  }

  @RaceFree(SUBMIT)
  static void invokedUninterruptibly(Fork fork) {
    ForkJoinPoolCalls shared = new ForkJoinPoolCalls();
    int[] cells = {1, 2};
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      List<Callable<Integer>> tasks = List.of(() -> cells[0]++, () -> cells[1]++);
      List<Future<Integer>> done = pool.invokeAllUninterruptibly(tasks);
      expect(5, cells[0] + cells[1]);
      expect(3, done.get(0).resultNow() + done.get(1).resultNow());
    }
  }

  @RaceFree(SUBMIT)
  static void submittedWithATimeLimit(Fork fork) throws Exception {
    ForkJoinPoolCalls shared = new ForkJoinPoolCalls();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      shared.value = 1;
      Callable<Integer> add = () -> shared.value += 6;
      expect(7, pool.submitWithTimeout(add, 1, TimeUnit.MINUTES, null).get());
      expect(7, shared.value);
    }
  }

  @RaceFree(SUBMIT)
  static void scheduledInAForkJoinPool(Fork fork) throws Exception {
    ForkJoinPoolCalls shared = new ForkJoinPoolCalls();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      shared.value = 1;
      pool.schedule(() -> shared.value += 6, 1, TimeUnit.MILLISECONDS).get();
      expect(7, shared.value);
    }
  }

  @RaceFree("ForkJoinTask.adaptInterruptible: performs call of the given callable as its action")
  static void adaptedInterruptibly(Fork fork) throws Exception {
    ForkJoinPoolCalls shared = new ForkJoinPoolCalls();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      shared.value = 1;
      Callable<Integer> add = () -> shared.value += 2;
      Runnable more = () -> shared.value += 2;
      expect(3, pool.invoke(ForkJoinTask.adaptInterruptible(add)));
      pool.submit(ForkJoinTask.adaptInterruptible(more)).join();
      expect(9, pool.submit(ForkJoinTask.adaptInterruptible(more, 9)).get());
      expect(7, shared.value);
    }
  }

  @RaceFree("ForkJoinTask.isDone: true if the task completed")
  static void polledInManyWays(Fork fork) throws InterruptedException {
    ForkJoinPoolCalls shared = new ForkJoinPoolCalls();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      ForkJoinTask<?> task = pool.submit(new Adding(shared));
      while (!task.isCompletedNormally()) {
        Thread.yield();
      }
      shared.value++;
      task = pool.submit(new Adding(shared));
      while (!task.quietlyJoin(1, TimeUnit.MILLISECONDS)) {
        Thread.yield();
      }
      shared.value++;
      task = pool.submit(new Adding(shared));
      while (!task.quietlyJoinUninterruptibly(1, TimeUnit.MILLISECONDS)) {
        Thread.yield();
      }
      shared.value++;
      task = pool.submit(new Adding(shared));
      while (task.state() == Future.State.RUNNING) {
        Thread.yield();
      }
      expect(31, shared.value);
    }
  }

  private static final class Failing extends RecursiveAction {
    private final ForkJoinPoolCalls shared;

    Failing(ForkJoinPoolCalls shared) {
      this.shared = shared;
    }

    @Override
    protected void compute() {
      shared.value = 7;
      throw new IllegalStateException("always");
    }
  }

  @RaceFree("ForkJoinTask.getException: the exception of the computation, null before it has ended")
  static void askedForItsException(Fork fork) {
    ForkJoinPoolCalls shared = new ForkJoinPoolCalls();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      ForkJoinTask<?> task = pool.submit(new Failing(shared));
      while (task.getException() == null) {
        Thread.yield();
      }
      expect(7, shared.value);
      ForkJoinTask<?> other = pool.submit(new Failing(shared));
      while (!other.isCompletedAbnormally()) {
        Thread.yield();
      }
      expect(7, shared.value);
    }
  }

  /** Completed by hand, as by a callback. */
  private static final class Promise extends ForkJoinTask<Integer> {
    private int result;

    @Override
    public Integer getRawResult() {
      return result;
    }

    @Override
    protected void setRawResult(Integer value) {
      result = value;
    }

    @Override
    protected boolean exec() {
      return false;
    }
  }

  @RaceFree("ForkJoinTask.complete: returns the given value of subsequent join and get")
  static void completedByHand(Fork fork) throws InterruptedException {
    ForkJoinPoolCalls shared = new ForkJoinPoolCalls();
    Promise promise = new Promise();
    Promise quiet = new Promise();
    Promise failing = new Promise();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          promise.complete(1);
          shared.value++;
          quiet.quietlyComplete();
          shared.value++;
          failing.completeExceptionally(new CancellationException());
        },
        () -> {
          expect(1, promise.join());
          quiet.quietlyJoin();
          failing.quietlyJoin();
          expect(9, shared.value);
        });
  }

  @Racy
  static void writtenAfterItWasCompleted(Fork fork) throws InterruptedException {
    ForkJoinPoolCalls shared = new ForkJoinPoolCalls();
    Promise promise = new Promise();
    TwoThreads.inTurn(
        fork,
        () -> {
          promise.complete(1);
          shared.value = 7; // race: writtenAfterItWasCompleted
        },
        () -> {
          expect(1, promise.join());
          expect(7, shared.value); // race: writtenAfterItWasCompleted
        });
  }
}
