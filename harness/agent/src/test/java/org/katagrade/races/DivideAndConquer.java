package org.katagrade.races;

import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;

/** {@link ForkJoinPool}: tasks that split themselves. */
final class DivideAndConquer {

  private static final String JOIN =
      "Future: what the computation does happens before what follows the retrieval of its result;"
          + " a ForkJoinTask is one, and join() is get() with other exceptions";

  private DivideAndConquer() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static int[] upTo(int count) {
    int[] cells = new int[count];
    for (int i = 0; i < count; i++) {
      cells[i] = i + 1;
    }
    return cells;
  }

  private static final class Sum extends RecursiveTask<Integer> {
    private static final long serialVersionUID = 1;

    private final int[] cells;
    private final int from;
    private final int to;
    private int leaves;

    Sum(int[] cells, int from, int to) {
      this.cells = cells;
      this.from = from;
      this.to = to;
    }

    @Override
    protected Integer compute() {
      if (to - from < 4) {
        int sum = 0;
        for (int i = from; i < to; i++) {
          sum += cells[i];
        }
        leaves = 1;
        return sum;
      }
      int middle = (from + to) >>> 1;
      Sum left = new Sum(cells, from, middle);
      Sum right = new Sum(cells, middle, to);
      left.fork();
      int sum = right.compute() + left.join();
      leaves = left.leaves + right.leaves;
      return sum;
    }
  }

  @RaceFree(JOIN)
  static void sumByForkAndJoin(Fork fork) {
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      Sum sum = new Sum(upTo(40), 0, 40);
      expect(820, pool.invoke(sum));
      expect(16, sum.leaves);
    }
  }

  @RaceFree(JOIN)
  static void sumInTheCommonPool(Fork fork) throws Exception {
    Sum one = new Sum(upTo(20), 0, 20);
    Sum other = new Sum(upTo(10), 0, 10);
    ForkJoinPool.commonPool().execute(one);
    expect(55, other.invoke());
    expect(210, one.get());
    expect(12, one.leaves + other.leaves);
  }

  private static final class Sort extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private final int[] cells;
    private final int from;
    private final int to;

    Sort(int[] cells, int from, int to) {
      this.cells = cells;
      this.from = from;
      this.to = to;
    }

    @Override
    protected void compute() {
      if (to - from < 2) {
        return;
      }
      int middle = (from + to) >>> 1;
      invokeAll(new Sort(cells, from, middle), new Sort(cells, middle, to));
      merge(middle);
    }

    private void merge(int middle) {
      int[] left = new int[middle - from];
      System.arraycopy(cells, from, left, 0, left.length);
      int next = middle;
      int out = from;
      for (int smallest : left) {
        while (next < to && cells[next] < smallest) {
          cells[out++] = cells[next++];
        }
        cells[out++] = smallest;
      }
    }
  }

  @RaceFree("ForkJoinTask.invokeAll: returns when isDone holds for each task")
  static void mergeSort(Fork fork) {
    int[] cells = new int[32];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (i * 13) % 32;
    }
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      pool.invoke(new Sort(cells, 0, cells.length));
    }
    for (int i = 0; i < cells.length; i++) {
      expect(i, cells[i]);
    }
  }

  private static final class Longest extends CountedCompleter<Void> {
    private static final long serialVersionUID = 1;

    private final String[] words;
    private final int from;
    private final int to;
    private @Nullable Longest left;
    private @Nullable Longest right;
    private int length;

    Longest(@Nullable Longest parent, String[] words, int from, int to) {
      super(parent);
      this.words = words;
      this.from = from;
      this.to = to;
    }

    @Override
    public void compute() {
      if (to - from == 1) {
        length = words[from].length();
      } else {
        int middle = (from + to) >>> 1;
        left = new Longest(this, words, from, middle);
        right = new Longest(this, words, middle, to);
        setPendingCount(2);
        left.fork();
        right.fork();
      }
      tryComplete();
    }

    @Override
    public void onCompletion(CountedCompleter<?> caller) {
      if (left != null && right != null) {
        length = Math.max(left.length, right.length);
      }
    }
  }

  @RaceFree("CountedCompleter: its map-reduce sample keeps the parts' results in plain fields")
  static void countedCompleter(Fork fork) {
    String[] words = "the quick brown fox jumped over lazy dogs".split(" ");
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      Longest longest = new Longest(null, words, 0, words.length);
      pool.invoke(longest);
      expect(6, longest.length);
    }
  }
}
