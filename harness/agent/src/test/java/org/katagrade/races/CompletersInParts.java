package org.katagrade.races;

import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link CountedCompleter} in the ways of its documentation. */
final class CompletersInParts {

  private static final String SAMPLE =
      "CountedCompleter: its samples hand plain fields from the parts to onCompletion and join";

  private static final int[] NUMBERS = {3, 1, 4, 1, 5, 9, 2, 6};

  private CompletersInParts() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  /** Splits in a loop, and adds up when the parts are complete. */
  private static class Sum extends CountedCompleter<Integer> {
    final int from;
    final int to;
    int sum;
    final Sum[] parts = new Sum[2];

    Sum(@Nullable CountedCompleter<?> parent, int from, int to) {
      super(parent);
      this.from = from;
      this.to = to;
    }

    @Override
    public void compute() {
      if (to - from > 1) {
        int middle = (from + to) / 2;
        parts[0] = new Sum(this, from, middle);
        parts[1] = new Sum(this, middle, to);
        addToPendingCount(2);
        parts[0].fork();
        parts[1].fork();
      } else {
        sum = NUMBERS[from];
      }
      tryComplete();
    }

    @Override
    public void onCompletion(CountedCompleter<?> caller) {
      if (parts[0] != null) {
        sum = parts[0].sum + parts[1].sum;
      }
    }

    @Override
    public Integer getRawResult() {
      return sum;
    }
  }

  @RaceFree(SAMPLE)
  static void sumOfParts(Fork fork) {
    try (ForkJoinPool pool = new ForkJoinPool(4)) {
      Sum sum = new Sum(null, 0, NUMBERS.length);
      expect(31, pool.invoke(sum));
      expect(31, sum.sum);
    }
  }

  @Racy
  static void sumReadBeforeTheJoin(Fork fork) {
    int[] total = new int[1];
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      CountedCompleter<Void> alone =
          new CountedCompleter<>() {
            @Override
            public void compute() {
              total[0] = 7; // race: sumReadBeforeTheJoin
              tryComplete();
            }
          };
      pool.execute(alone);
      total[0] = 1; // race: sumReadBeforeTheJoin
    }
  }

  /** The map-reduce that goes up by hand, as the documentation has it. */
  private static final class Reducer extends CountedCompleter<Integer> {
    private final int from;
    private final int to;
    private final @Nullable Reducer next;
    private @Nullable Reducer forks;
    private int result;

    Reducer(@Nullable CountedCompleter<?> parent, int from, int to, @Nullable Reducer next) {
      super(parent);
      this.from = from;
      this.to = to;
      this.next = next;
    }

    @Override
    public void compute() {
      int low = from;
      int high = to;
      while (high - low >= 2) {
        int middle = (low + high) / 2;
        addToPendingCount(1);
        forks = new Reducer(this, middle, high, forks);
        forks.fork();
        high = middle;
      }
      if (high > low) {
        result = NUMBERS[low];
      }
      for (CountedCompleter<?> c = firstComplete(); c != null; c = c.nextComplete()) {
        Reducer whole = (Reducer) c;
        for (Reducer part = whole.forks; part != null; part = whole.forks = part.next) {
          whole.result += part.result;
        }
      }
    }

    @Override
    public Integer getRawResult() {
      return result;
    }
  }

  @RaceFree(SAMPLE)
  static void reducedOnTheWayUp(Fork fork) {
    try (ForkJoinPool pool = new ForkJoinPool(4)) {
      expect(31, pool.invoke(new Reducer(null, 0, NUMBERS.length, null)));
    }
  }

  /** Found by whichever comes first. */
  private static final class Searcher extends CountedCompleter<int[]> {
    private final AtomicReference<int @Nullable []> found;
    private final int from;
    private final int to;

    Searcher(
        @Nullable CountedCompleter<?> parent,
        AtomicReference<int @Nullable []> found,
        int from,
        int to) {
      super(parent);
      this.found = found;
      this.from = from;
      this.to = to;
    }

    @Override
    public int[] getRawResult() {
      return found.get();
    }

    @Override
    public void compute() {
      int low = from;
      int high = to;
      while (found.get() == null && high >= low) {
        if (high - low >= 2) {
          int middle = (low + high) / 2;
          addToPendingCount(1);
          new Searcher(this, found, middle, high).fork();
          high = middle;
        } else {
          int[] place = {low, NUMBERS[low]};
          if (place[1] == 9 && found.compareAndSet(null, place)) {
            quietlyCompleteRoot();
          }
          break;
        }
      }
      propagateCompletion();
    }
  }

  @RaceFree(SAMPLE)
  static void foundByOne(Fork fork) {
    try (ForkJoinPool pool = new ForkJoinPool(4)) {
      int[] place = pool.invoke(new Searcher(null, new AtomicReference<>(), 0, NUMBERS.length));
      expect(5, place[0]);
    }
  }

  /** Two parts and a trigger that fires when both are done. */
  private static final class Part extends CountedCompleter<Void> {
    private final int[] cells;
    private final int mine;

    Part(CountedCompleter<?> trigger, int[] cells, int mine) {
      super(trigger);
      this.cells = cells;
      this.mine = mine;
    }

    @Override
    public void compute() {
      cells[mine] = mine + 3; // race: partReadByTheOther
      tryComplete();
    }
  }

  @RaceFree(SAMPLE)
  static void triggeredByBoth(Fork fork) throws InterruptedException {
    int[] cells = new int[3];
    CountedCompleter<Void> trigger =
        new CountedCompleter<>(null, 1) {
          @Override
          public void compute() {}

          @Override
          public void onCompletion(CountedCompleter<?> caller) {
            cells[2] = cells[0] + cells[1];
          }
        };
    TwoThreads.together(
        fork,
        () -> new Part(trigger, cells, 0).compute(),
        () -> new Part(trigger, cells, 1).compute());
    trigger.join();
    expect(7, cells[2]);
  }

  @Racy
  static void partReadByTheOther(Fork fork) throws InterruptedException {
    int[] cells = new int[3];
    CountedCompleter<Void> trigger =
        new CountedCompleter<>(null, 1) {
          @Override
          public void compute() {}
        };
    TwoThreads.inTurn(
        fork,
        () -> new Part(trigger, cells, 0).compute(),
        () -> cells[2] = cells[0]); // race: partReadByTheOther
  }

  @RaceFree("CountedCompleter.completeExceptionally: completes with it those it is part of, too")
  static void failureOfAPart(Fork fork) {
    int[] cells = new int[1];
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      CountedCompleter<Void> whole =
          new CountedCompleter<>() {
            @Override
            public void compute() {
              addToPendingCount(1);
              new CountedCompleter<Void>(this) {
                @Override
                public void compute() {
                  cells[0] = 7;
                  throw new IllegalStateException("always");
                }
              }.fork();
            }
          };
      pool.submit(whole).quietlyJoin();
      expect(7, cells[0]);
    }
  }
}
