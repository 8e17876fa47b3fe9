package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveAction;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link ForkJoinPool}: actions on arrays, tasks that fail, and tasks beside each other. */
final class RecursiveActions {

  private static final String JOIN =
      "Future: what the computation does happens before what follows the retrieval of its result;"
          + " a ForkJoinTask is one, and join() is get() with other exceptions";

  private int value;
  private int seen;

  private RecursiveActions() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static final class Doubled extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private final int[] cells;
    private final int from;
    private final int to;

    Doubled(int[] cells, int from, int to) {
      this.cells = cells;
      this.from = from;
      this.to = to;
    }

    @Override
    protected void compute() {
      if (to - from <= 2) {
        for (int i = from; i < to; i++) {
          cells[i] *= 2;
        }
        return;
      }
      int middle = (from + to) / 2;
      invokeAll(List.of(new Doubled(cells, from, middle), new Doubled(cells, middle, to)));
    }
  }

  @RaceFree("ForkJoinTask.invokeAll: returns when isDone holds for each task")
  static void doubledInPlace(Fork fork) {
    int[] cells = new int[16];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i;
    }
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.invoke(new Doubled(cells, 0, 16));
      pool.submit(new Doubled(cells, 8, 16)).join();
    }
    expect(14, cells[7]);
    expect(60, cells[15]);
  }

  /** Its result is in a field, not in what compute() returns. */
  private static final class Fibonacci extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private int number;

    Fibonacci(int number) {
      this.number = number;
    }

    @Override
    protected void compute() {
      if (number > 1) {
        Fibonacci one = new Fibonacci(number - 1);
        Fibonacci other = new Fibonacci(number - 2);
        one.fork();
        other.compute();
        one.quietlyJoin();
        number = one.number + other.number;
      }
    }
  }

  @RaceFree(JOIN)
  static void resultInAField(Fork fork) {
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      Fibonacci task = new Fibonacci(10);
      pool.execute(task);
      task.join();
      expect(55, task.number);
    }
    Fibonacci common = new Fibonacci(8);
    common.invoke();
    expect(21, common.number);
  }

  @RaceFree(JOIN)
  static void failedAfterItsWork(Fork fork) {
    RecursiveActions shared = new RecursiveActions();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      ForkJoinTask<?> failing =
          pool.submit(
              (Runnable)
                  () -> {
                    shared.value = 5;
                    throw new IllegalStateException("always");
                  });
      try {
        failing.join();
        throw new AssertionError("it succeeded");
      } catch (RuntimeException expected) {
        expect(5, shared.value);
      }
    }
  }

  @RaceFree("ExecutorService: before the submission, the task, after Future.get()")
  static void usedAsAnExecutorService(Fork fork) throws Exception {
    int[] cells = {1, 2, 3};
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      int mine = i;
      tasks.add(() -> cells[mine] *= 10);
    }
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      int sum = 0;
      for (Future<Integer> result : pool.invokeAll(tasks)) {
        sum += result.get();
      }
      expect(60, sum);
      expect(60, cells[0] + cells[1] + cells[2]);
      expect(70, pool.submit(() -> cells[0] + cells[1] + cells[2] + 10).get());
    }
  }

  @RaceFree("ForkJoinTask.tryUnfork: the task is not executed, so that its thread may do the work")
  static void unforked(Fork fork) {
    RecursiveActions shared = new RecursiveActions();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.submit(
              () -> {
                ForkJoinTask<?> part = ForkJoinTask.adapt(() -> shared.value++).fork();
                if (part.tryUnfork()) {
                  shared.value++;
                } else {
                  part.join();
                }
              })
          .join();
    }
    expect(1, shared.value);
  }

  @Racy
  static void sharedByTwoParts(Fork fork) {
    RecursiveActions shared = new RecursiveActions();
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.submit(
              () ->
                  ForkJoinTask.invokeAll(
                      ForkJoinTask.adapt(() -> shared.add(one, other)),
                      ForkJoinTask.adapt(() -> shared.add(other, one))))
          .join();
    }
  }

  private void add(Unseen here, Unseen there) {
    // Otherwise one thread might do both.
    here.reached();
    there.await();
    value++; // race: sharedByTwoParts
  }

  @Racy
  static void argumentChangedAfterTheFork(Fork fork) {
    RecursiveActions argument = new RecursiveActions();
    Unseen started = new Unseen();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.submit(
              () -> {
                ForkJoinTask<?> part =
                    ForkJoinTask.adapt(
                            () -> {
                              started.reached();
                              argument.seen = argument.value; // race: argumentChangedAfterTheFork
                            })
                        .fork();
                // So that this thread does not run it.
                started.await();
                argument.value = 5; // race: argumentChangedAfterTheFork
                part.join();
              })
          .join();
    }
  }

  @Racy
  static void joinedTheOtherPart(Fork fork) {
    RecursiveActions shared = new RecursiveActions();
    Unseen written = new Unseen();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      ForkJoinTask<?> one =
          pool.submit(
              () -> {
                shared.value = 5; // race: joinedTheOtherPart
                written.reached();
              });
      ForkJoinTask<Integer> other = ForkJoinTask.adapt(() -> 2);
      expect(2, other.invoke());
      written.await();
      shared.seen = shared.value; // race: joinedTheOtherPart
      one.join();
    }
  }
}
