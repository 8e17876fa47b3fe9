package org.katagrade.races;

import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link Phaser}. */
final class Phasers {

  private static final String ADVANCE =
      "Phaser: what precedes any form of arrive happens before the phase advance and onAdvance,"
          + " which happen before what follows the advance";

  private int value;
  private int seen;

  private Phasers() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(ADVANCE)
  static void neighboursInPhases(Fork fork) throws InterruptedException {
    int[] cells = {1, 2};
    Phaser phaser = new Phaser(cells.length);
    Runnable[] work = new Runnable[cells.length];
    for (int i = 0; i < work.length; i++) {
      int mine = i;
      work[i] =
          () -> {
            for (int round = 0; round < 5; round++) {
              int sum = cells[0] + cells[1];
              phaser.arriveAndAwaitAdvance();
              cells[mine] = sum;
              phaser.arriveAndAwaitAdvance();
            }
          };
    }
    TwoThreads.together(fork, work[0], work[1]);
    expect(3 * 16, cells[0]);
    expect(3 * 16, cells[1]);
  }

  @RaceFree(ADVANCE)
  static void sumInOnAdvance(Fork fork) throws InterruptedException {
    int[] cells = new int[2];
    Phasers totals = new Phasers();
    Phaser phaser =
        new Phaser(2) {
          @Override
          protected boolean onAdvance(int phase, int parties) {
            totals.value += cells[0] + cells[1];
            return phase == 2;
          }
        };
    Runnable[] work = new Runnable[cells.length];
    for (int i = 0; i < work.length; i++) {
      int mine = i;
      work[i] =
          () -> {
            while (!phaser.isTerminated()) {
              cells[mine]++;
              phaser.arriveAndAwaitAdvance();
            }
          };
    }
    TwoThreads.together(fork, work[0], work[1]);
    expect(2 + 4 + 6, totals.value);
  }

  @RaceFree(ADVANCE)
  static void workersDeregister(Fork fork) throws InterruptedException {
    int[] cells = new int[3];
    Phaser phaser = new Phaser(1);
    Thread[] workers = new Thread[cells.length];
    for (int i = 0; i < workers.length; i++) {
      int mine = i;
      phaser.register();
      workers[i] =
          fork.thread(
              () -> {
                cells[mine] = mine + 1;
                phaser.arriveAndDeregister();
              });
      workers[i].start();
    }
    phaser.arriveAndAwaitAdvance();
    int sum = cells[0] + cells[1] + cells[2];
    for (Thread worker : workers) {
      worker.join();
    }
    expect(6, sum);
  }

  @RaceFree(ADVANCE)
  static void awaitedByABystander(Fork fork) throws InterruptedException {
    Phasers shared = new Phasers();
    Phaser phaser = new Phaser(1);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          phaser.arrive();
        },
        () -> {
          phaser.awaitAdvance(0);
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @RaceFree(ADVANCE)
  static void timedAwaitAdvance(Fork fork) throws InterruptedException {
    Phasers shared = new Phasers();
    Phaser phaser = new Phaser(2);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          phaser.arrive();
        },
        Checked.task(
            () -> {
              int phase = phaser.arrive();
              phaser.awaitAdvanceInterruptibly(phase, 30, TimeUnit.SECONDS);
              shared.seen = shared.value;
            }));
    expect(7, shared.seen);
  }

  @RaceFree(ADVANCE)
  static void tiered(Fork fork) throws InterruptedException {
    Phasers shared = new Phasers();
    Phaser root = new Phaser();
    Phaser left = new Phaser(root, 1);
    Phaser right = new Phaser(root, 1);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          left.arriveAndAwaitAdvance();
        },
        () -> {
          right.arriveAndAwaitAdvance();
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @Racy
  static void arriveWithoutAwait(Fork fork) throws InterruptedException {
    Phasers shared = new Phasers();
    Phaser phaser = new Phaser(2);
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7; // race: arriveWithoutAwait
          written.reached();
          over.await();
          phaser.arriveAndAwaitAdvance();
        },
        () -> {
          written.await();
          phaser.arrive();
          shared.seen = shared.value; // race: arriveWithoutAwait
          over.reached();
        });
  }

  @Racy
  static void awaitsAnotherPhase(Fork fork) throws InterruptedException {
    Phasers shared = new Phasers();
    Phaser phaser = new Phaser(1);
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7; // race: awaitsAnotherPhase
          written.reached();
          over.await();
          phaser.arrive();
        },
        () -> {
          written.await();
          // Returns at once: that phase is not the current one.
          phaser.awaitAdvance(1);
          shared.seen = shared.value; // race: awaitsAnotherPhase
          over.reached();
        });
  }

  @Racy
  static void writtenAfterDeregistering(Fork fork) throws InterruptedException {
    Phasers shared = new Phasers();
    Phaser phaser = new Phaser(2);
    TwoThreads.together(
        fork,
        () -> {
          phaser.arriveAndDeregister();
          shared.value = 7; // race: writtenAfterDeregistering
        },
        () -> {
          phaser.arriveAndAwaitAdvance();
          shared.seen = shared.value; // race: writtenAfterDeregistering
        });
  }
}
