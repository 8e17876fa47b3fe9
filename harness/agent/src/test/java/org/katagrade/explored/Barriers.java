package org.katagrade.explored;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code CyclicBarrier}: parties, phases and what runs between them. */
final class Barriers {

  private Barriers() {}

  @Sound("nobody reads before all have written, nor writes before all have read")
  static void barrierOnBothSides(Fork fork) throws InterruptedException {
    AtomicIntegerArray cells = new AtomicIntegerArray(2);
    CyclicBarrier barrier = new CyclicBarrier(2);
    Crew.run(fork, () -> rounds(0, cells, barrier, true), () -> rounds(1, cells, barrier, true));
  }

  @Broken(Wrong.class)
  static void barrierOnOneSide(Fork fork) throws InterruptedException {
    AtomicIntegerArray cells = new AtomicIntegerArray(2);
    CyclicBarrier barrier = new CyclicBarrier(2);
    Crew.run(fork, () -> rounds(0, cells, barrier, false), () -> rounds(1, cells, barrier, false));
  }

  private static void rounds(
      int index, AtomicIntegerArray cells, CyclicBarrier barrier, boolean twice) throws Exception {
    for (int round = 1; round <= 2; round++) {
      cells.set(index, round);
      barrier.await();
      Crew.expectEqual(round, cells.get(1 - index));
      if (twice) {
        barrier.await();
      }
    }
  }

  @Broken(LostWakeup.class)
  static void oneIsMissing(Fork fork) throws InterruptedException {
    CyclicBarrier barrier = new CyclicBarrier(3);
    Crew.run(fork, barrier::await, barrier::await);
  }

  @Broken(LostWakeup.class)
  static void oneIsLeftOver(Fork fork) throws InterruptedException {
    CyclicBarrier barrier = new CyclicBarrier(2);
    Crew.run(fork, barrier::await, barrier::await, barrier::await);
  }

  @Sound("the action of the barrier runs before anybody passes")
  static void actionBeforeAnybodyPasses(Fork fork) throws InterruptedException {
    AtomicInteger sum = new AtomicInteger();
    AtomicInteger total = new AtomicInteger();
    CyclicBarrier barrier = new CyclicBarrier(2, () -> total.set(sum.get()));
    Crew.run(
        fork,
        2,
        () -> {
          sum.incrementAndGet();
          barrier.await();
          Crew.expectEqual(2, total.get());
        });
  }

  @Broken(Wrong.class)
  static void actionAfterOnePasses(Fork fork) throws InterruptedException {
    AtomicInteger sum = new AtomicInteger();
    AtomicInteger total = new AtomicInteger();
    CyclicBarrier barrier = new CyclicBarrier(2);
    Crew.run(
        fork,
        2,
        () -> {
          sum.incrementAndGet();
          if (barrier.await() == 0) {
            total.set(sum.get());
          }
          Crew.expectEqual(2, total.get());
        });
  }

  @Sound("who comes too late finds the barrier broken, and all know")
  static void brokenByATimeout(Fork fork) throws InterruptedException {
    CyclicBarrier barrier = new CyclicBarrier(2);
    AtomicInteger passed = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> {
          try {
            barrier.await(10, TimeUnit.MILLISECONDS);
            passed.incrementAndGet();
          } catch (BrokenBarrierException | TimeoutException e) {
            return;
          }
        });
    Crew.expect(passed.get() != 1, "both pass or none does");
  }

  @Broken(LostWakeup.class)
  static void leavesWithoutTheOther(Fork fork) throws InterruptedException {
    CyclicBarrier barrier = new CyclicBarrier(2);
    AtomicBoolean late = new AtomicBoolean();
    Crew.run(
        fork,
        () -> {
          if (!late.get()) {
            barrier.await();
          }
        },
        () -> {
          if (!late.getAndSet(true)) {
            barrier.await();
          }
        });
  }
}
