package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link ForkJoinPool}: what is forked and joined. */
final class ForkJoins {

  private static final String JOIN =
      "Future: what the computation does happens before what follows the retrieval of its result;"
          + " a ForkJoinTask is one, and join() is get() with other exceptions";

  private int value;
  private int seen;

  private ForkJoins() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(JOIN)
  static void adaptedAndSubmitted(Fork fork) throws Exception {
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      ForkJoins shared = new ForkJoins();
      shared.value = 3;
      List<ForkJoinTask<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int mine = i;
        tasks.add(pool.submit(() -> shared.value + mine));
      }
      int sum = 0;
      for (ForkJoinTask<Integer> task : tasks) {
        sum += task.join();
      }
      expect(18, sum);
      ForkJoinTask<?> write = ForkJoinTask.adapt(() -> shared.value = 9);
      pool.invoke(write);
      expect(9, shared.value);
    }
  }

  private static final class Part extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private final transient Runnable action;

    Part(Runnable action) {
      this.action = action;
    }

    @Override
    protected void compute() {
      action.run();
    }
  }

  @Racy
  static void readBeforeTheJoin(Fork fork) {
    ForkJoins shared = new ForkJoins();
    Unseen written = new Unseen();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.invoke(
          new Part(
              () -> {
                Part left =
                    new Part(
                        () -> {
                          shared.value = 7; // race: readBeforeTheJoin
                          written.reached();
                        });
                left.fork();
                written.await();
                shared.seen = shared.value; // race: readBeforeTheJoin
                left.join();
              }));
    }
  }

  @Racy
  static void forkedAndNeverJoined(Fork fork) {
    ForkJoins shared = new ForkJoins();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.invoke(
          new Part(
              () ->
                  new Part(
                          () -> {
                            shared.value = 7; // race: forkedAndNeverJoined
                            written.reached();
                            over.await();
                          })
                      .fork()));
      written.await();
      shared.seen = shared.value; // race: forkedAndNeverJoined
      over.reached();
    }
  }

  @Racy
  static void halvesThatOverlap(Fork fork) {
    int[] cells = new int[9];
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.invoke(
          new Part(
              () ->
                  ForkJoinTask.invokeAll(
                      new Part(() -> incrementAll(cells, 0, 4, one, other)),
                      new Part(() -> incrementAll(cells, 4, 8, other, one)))));
    }
  }

  private static void incrementAll(int[] cells, int from, int last, Unseen here, Unseen there) {
    // Otherwise one thread might do both halves.
    here.reached();
    there.await();
    for (int i = from; i <= last; i++) {
      cells[i]++; // race: halvesThatOverlap
    }
  }
}
