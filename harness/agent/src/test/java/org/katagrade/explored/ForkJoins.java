package org.katagrade.explored;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Raced;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Fork and join, and parallel streams. */
final class ForkJoins {

  private ForkJoins() {}

  /** Sums numbers below a limit, halving them. */
  private static final class Sum extends RecursiveTask<Integer> {
    private static final long serialVersionUID = 1;
    private final int from;
    private final int to;

    Sum(int from, int to) {
      this.from = from;
      this.to = to;
    }

    @Override
    protected Integer compute() {
      if (to - from == 1) {
        return from;
      }
      int middle = (from + to) / 2;
      Sum left = new Sum(from, middle);
      Sum right = new Sum(middle, to);
      left.fork();
      return right.compute() + left.join();
    }
  }

  @Sound("joins what it forked")
  static void sums(Fork fork) {
    Crew.expectEqual(6, ForkJoinPool.commonPool().invoke(new Sum(0, 4)));
  }

  /** Adds numbers up in one variable. */
  private static final class Add extends RecursiveAction {
    private static final long serialVersionUID = 1;
    private final transient AtomicInteger sum;
    private final int from;
    private final int to;
    private final boolean joins;
    private final boolean atomically;

    Add(AtomicInteger sum, int from, int to, boolean joins, boolean atomically) {
      this.sum = sum;
      this.from = from;
      this.to = to;
      this.joins = joins;
      this.atomically = atomically;
    }

    @Override
    protected void compute() {
      if (to - from == 1) {
        if (atomically) {
          sum.addAndGet(from);
        } else {
          sum.set(sum.get() + from);
        }
        return;
      }
      int middle = (from + to) / 2;
      Add left = new Add(sum, from, middle, joins, atomically);
      Add right = new Add(sum, middle, to, joins, atomically);
      if (joins) {
        invokeAll(left, right);
      } else {
        left.fork();
        right.compute();
      }
    }
  }

  private static void adds(boolean joins, boolean atomically) {
    AtomicInteger sum = new AtomicInteger();
    ForkJoinPool.commonPool().invoke(new Add(sum, 1, 5, joins, atomically));
    Crew.expectEqual(10, sum.get());
  }

  @Sound("adds atomically, and joins")
  static void addsAtomically(Fork fork) {
    adds(true, true);
  }

  @Broken(Wrong.class)
  static void addsInTwoSteps(Fork fork) {
    adds(true, false);
  }

  @Broken(Wrong.class)
  static void doesNotJoin(Fork fork) {
    adds(false, true);
  }

  @Sound("a pool of its own, closed")
  static void ownPool(Fork fork) {
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      Crew.expectEqual(6, pool.invoke(new Sum(0, 4)));
    }
  }

  @Broken(LostWakeup.class)
  static void blocksTheOnlyWorker(Fork fork) throws Exception {
    try (ForkJoinPool pool = new ForkJoinPool(1)) {
      CountDownLatch other = new CountDownLatch(1);
      Future<?> waits =
          pool.submit(
              () -> {
                other.await();
                return null;
              });
      pool.submit(other::countDown);
      waits.get();
    }
  }

  @Sound("ManagedBlocker is for those who block; joining helps instead")
  static void joinsInTheOnlyWorker(Fork fork) throws Exception {
    try (ForkJoinPool pool = new ForkJoinPool(1)) {
      Crew.expectEqual(7, pool.submit(() -> pool.submit(() -> 7).join()).get());
    }
  }

  @Sound("sum: a reduction")
  static void streamSums(Fork fork) {
    Crew.expectEqual(10, IntStream.range(0, 5).parallel().sum());
  }

  @Sound("an atomic count")
  static void streamCounts(Fork fork) {
    AtomicInteger count = new AtomicInteger();
    IntStream.range(0, 4).parallel().forEach(i -> count.incrementAndGet());
    Crew.expectEqual(4, count.get());
  }

  @Broken(Wrong.class)
  static void streamCountsInTwoSteps(Fork fork) {
    AtomicInteger count = new AtomicInteger();
    IntStream.range(0, 4).parallel().forEach(i -> count.set(count.get() + 1));
    Crew.expectEqual(4, count.get());
  }

  @Sound("collects in encounter order")
  static void streamCollects(Fork fork) {
    Crew.expectEqual(List.of(0, 1, 2, 3), IntStream.range(0, 4).parallel().boxed().toList());
  }

  @Broken(Wrong.class)
  static void streamTakesAnyForTheFirst(Fork fork) {
    Crew.expectEqual(0, IntStream.range(0, 4).parallel().findAny().orElseThrow());
  }

  @Sound("findFirst: in encounter order")
  static void streamTakesTheFirst(Fork fork) {
    Crew.expectEqual(0, IntStream.range(0, 4).parallel().findFirst().orElseThrow());
  }

  @Broken(Wrong.class)
  static void streamAppendsInAnyOrder(Fork fork) {
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    IntStream.range(0, 4).parallel().forEach(seen::add);
    Crew.expectEqual(List.of(0, 1, 2, 3), seen);
  }

  @Sound("forEachOrdered: one after the other")
  static void streamAppendsInOrder(Fork fork) {
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    IntStream.range(0, 4).parallel().forEachOrdered(seen::add);
    Crew.expectEqual(List.of(0, 1, 2, 3), seen);
  }

  @Broken({Raced.class, Wrong.class})
  static void streamFillsAList(Fork fork) {
    List<Integer> seen = new ArrayList<>();
    IntStream.range(0, 4).parallel().forEach(seen::add);
    Crew.expectEqual(4, seen.size());
  }
}
