package org.katagrade.races;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link CyclicBarrier}. */
final class Barriers {

  private static final String BARRIER =
      "CyclicBarrier: what precedes await happens before the barrier action, and that before what"
          + " follows the corresponding await in other threads";

  private Barriers() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  /** Starts one thread for each number below the given one and joins them. */
  private static void workers(Fork fork, int count, Worker worker) throws InterruptedException {
    Thread[] threads = new Thread[count];
    for (int i = 0; i < count; i++) {
      int mine = i;
      threads[i] = fork.thread(Checked.task(() -> worker.work(mine)));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private interface Worker {
    void work(int number) throws Exception;
  }

  @RaceFree(BARRIER)
  static void neighboursInRounds(Fork fork) throws InterruptedException {
    int[] cells = {1, 2, 3};
    CyclicBarrier barrier = new CyclicBarrier(cells.length);
    workers(
        fork,
        cells.length,
        mine -> {
          for (int round = 0; round < 5; round++) {
            int sum = cells[0] + cells[1] + cells[2];
            barrier.await();
            cells[mine] = sum;
            barrier.await();
          }
        });
    expect(6 * 81, cells[0]);
    expect(6 * 81, cells[2]);
  }

  private static final class Totals {
    int total;
    int rounds;
  }

  @RaceFree(BARRIER)
  static void sumInTheBarrierAction(Fork fork) throws InterruptedException {
    int[] cells = new int[3];
    int[] seen = new int[3];
    Totals totals = new Totals();
    CyclicBarrier barrier =
        new CyclicBarrier(
            cells.length,
            () -> {
              totals.total = cells[0] + cells[1] + cells[2];
              totals.rounds++;
            });
    workers(
        fork,
        cells.length,
        mine -> {
          for (int round = 0; round < 4; round++) {
            cells[mine] = round + mine;
            barrier.await();
            seen[mine] += totals.total;
            // The next action must not come while somebody still reads.
            barrier.await();
          }
        });
    expect(8, totals.rounds);
    expect(3 + 6 + 9 + 12, seen[1]);
  }

  @Racy
  static void readAfterNoBarrier(Fork fork) throws InterruptedException {
    int[] cells = new int[2];
    int[] seen = new int[2];
    CyclicBarrier barrier = new CyclicBarrier(2);
    workers(
        fork,
        2,
        mine -> {
          barrier.await();
          cells[mine] = 1; // race: readAfterNoBarrier
          seen[mine] = cells[1 - mine]; // race: readAfterNoBarrier
        });
  }

  @Racy
  static void nextRoundWithoutSecondBarrier(Fork fork) throws InterruptedException {
    int[] cells = new int[2];
    int[] seen = new int[2];
    CyclicBarrier barrier = new CyclicBarrier(2);
    workers(
        fork,
        2,
        mine -> {
          cells[mine] = 1;
          barrier.await();
          if (mine == 0) {
            cells[0] = 2; // race: nextRoundWithoutSecondBarrier
          } else {
            seen[1] = cells[0]; // race: nextRoundWithoutSecondBarrier
          }
        });
  }

  @Racy
  static void brokenBarrierIgnored(Fork fork) throws InterruptedException {
    Totals totals = new Totals();
    int[] seen = new int[1];
    CyclicBarrier barrier = new CyclicBarrier(2);
    TwoThreads.inTurn(
        fork,
        Checked.task(
            () -> {
              totals.total = 3; // race: brokenBarrierIgnored
              try {
                barrier.await(1, TimeUnit.MICROSECONDS);
              } catch (TimeoutException e) {
                // Forgotten: nobody met it.
              }
            }),
        Checked.task(
            () -> {
              try {
                barrier.await();
              } catch (BrokenBarrierException e) {
                // Forgotten: it met nobody.
              }
              seen[0] = totals.total; // race: brokenBarrierIgnored
            }));
  }

  @RaceFree(BARRIER)
  static void lastOneCollects(Fork fork) throws InterruptedException {
    int[] cells = new int[3];
    int[] sum = new int[1];
    CyclicBarrier barrier = new CyclicBarrier(cells.length);
    workers(
        fork,
        cells.length,
        mine -> {
          cells[mine] = mine + 1;
          // Exactly one gets the arrival index 0.
          if (barrier.await(30, TimeUnit.SECONDS) == 0) {
            sum[0] = cells[0] + cells[1] + cells[2];
          }
        });
    expect(6, sum[0]);
  }

  @Racy
  static void writtenBeforeTheNextRound(Fork fork) throws InterruptedException {
    Totals totals = new Totals();
    int[] seen = new int[1];
    CyclicBarrier barrier = new CyclicBarrier(2);
    Unseen next = new Unseen();
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              barrier.await();
              totals.total = 3; // race: writtenBeforeTheNextRound
              try {
                barrier.await(1, TimeUnit.MICROSECONDS);
              } catch (TimeoutException e) {
                // Forgotten: nobody met it in the second round.
              }
              next.reached();
            }),
        Checked.task(
            () -> {
              barrier.await();
              next.await();
              seen[0] = totals.total; // race: writtenBeforeTheNextRound
            }));
  }

  @Racy
  static void aloneInEachRound(Fork fork) throws InterruptedException {
    Totals totals = new Totals();
    int[] seen = new int[1];
    CyclicBarrier barrier = new CyclicBarrier(1);
    TwoThreads.inTurn(
        fork,
        Checked.task(
            () -> {
              totals.total = 3; // race: aloneInEachRound
              barrier.await();
            }),
        Checked.task(
            () -> {
              barrier.await();
              seen[0] = totals.total; // race: aloneInEachRound
            }));
  }

  @RaceFree(BARRIER)
  static void manyTimedRoundsWithAnAction(Fork fork) throws InterruptedException {
    int[] cells = new int[3];
    Totals totals = new Totals();
    CyclicBarrier barrier =
        new CyclicBarrier(
            cells.length,
            () -> {
              for (int cell : cells) {
                totals.total += cell;
              }
            });
    workers(
        fork,
        cells.length,
        mine -> {
          for (int round = 0; round < 20; round++) {
            cells[mine] = totals.total + 1;
            barrier.await(30, TimeUnit.SECONDS);
            int now = totals.total;
            barrier.await(30, TimeUnit.SECONDS);
            expect(now + cells[0] + cells[1] + cells[2], totals.total);
            barrier.await(30, TimeUnit.SECONDS);
          }
        });
  }
}
