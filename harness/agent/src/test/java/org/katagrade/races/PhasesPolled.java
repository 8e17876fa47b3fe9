package org.katagrade.races;

import java.util.concurrent.Phaser;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link Phaser}s that are asked how far they are, and ended by force. */
final class PhasesPolled {

  private static final String ADVANCE =
      "Phaser: what precedes any form of arrive happens before what follows the phase advance";

  private int value;
  private int seen;

  private PhasesPolled() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(ADVANCE)
  static void askedForItsPhase(Fork fork) throws InterruptedException {
    PhasesPolled shared = new PhasesPolled();
    Phaser phaser = new Phaser(1);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          phaser.arrive();
        },
        () -> {
          while (phaser.getPhase() == 0) {
            Thread.yield();
          }
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @Racy
  static void askedForItsPhaseTooEarly(Fork fork) throws InterruptedException {
    PhasesPolled shared = new PhasesPolled();
    Phaser phaser = new Phaser(2);
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.value = 7; // race: askedForItsPhaseTooEarly
          phaser.arrive();
        },
        () -> {
          expect(0, phaser.getPhase());
          shared.seen = shared.value; // race: askedForItsPhaseTooEarly
        });
  }

  @RaceFree(ADVANCE)
  static void interruptiblyAndForAPhaseThatIsOver(Fork fork) throws InterruptedException {
    PhasesPolled shared = new PhasesPolled();
    Phaser phaser = new Phaser();
    expect(0, phaser.bulkRegister(2));
    Unseen advanced = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          phaser.arriveAndDeregister();
          phaser.arrive();
          advanced.reached();
        },
        Checked.task(
            () -> {
              advanced.await();
              expect(1, phaser.awaitAdvanceInterruptibly(0));
              shared.seen = shared.value;
            }));
    expect(7, shared.seen);
  }

  @Racy
  static void awaitsAPhaseThatIsOverAlready(Fork fork) throws InterruptedException {
    PhasesPolled shared = new PhasesPolled();
    Phaser phaser = new Phaser(2);
    Unseen arrived = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          phaser.arrive();
          phaser.arrive();
          shared.value = 7; // race: awaitsAPhaseThatIsOverAlready
          phaser.arrive();
          arrived.reached();
        },
        () -> {
          arrived.await();
          // Of the next phase one has arrived, and one not yet.
          expect(1, phaser.awaitAdvance(0));
          shared.seen = shared.value; // race: awaitsAPhaseThatIsOverAlready
        });
  }

  @RaceFree(ADVANCE)
  static void bystanderOfManyPhases(Fork fork) throws InterruptedException {
    int[] cells = new int[6];
    PhasesPolled shared = new PhasesPolled();
    Phaser phaser = new Phaser(1);
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 0; i < cells.length; i++) {
            cells[i] = i;
            phaser.arrive();
          }
        },
        () -> {
          int phase = 0;
          while (phase < cells.length) {
            phase = phaser.awaitAdvance(phase);
            for (int i = 0; i < phase; i++) {
              shared.seen += cells[i];
            }
          }
        });
    if (shared.seen < 15) {
      throw new AssertionError(shared.seen);
    }
  }

  @RaceFree("Phaser.onAdvance: the advance, which isTerminated tells of, comes after the arrivals")
  static void askedWhetherItIsOver(Fork fork) throws InterruptedException {
    PhasesPolled shared = new PhasesPolled();
    Phaser phaser =
        new Phaser(1) {
          @Override
          protected boolean onAdvance(int phase, int parties) {
            shared.value++;
            return true;
          }
        };
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 6;
          phaser.arriveAndAwaitAdvance();
        },
        () -> {
          while (!phaser.isTerminated()) {
            Thread.yield();
          }
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @Racy
  static void onAdvanceBesideAReader(Fork fork) throws InterruptedException {
    PhasesPolled shared = new PhasesPolled();
    Phaser phaser =
        new Phaser(1) {
          @Override
          protected boolean onAdvance(int phase, int parties) {
            shared.value++; // race: onAdvanceBesideAReader
            return true;
          }
        };
    TwoThreads.inTurn(
        fork,
        phaser::arriveAndAwaitAdvance,
        () -> {
          expect(1, phaser.getRegisteredParties());
          shared.seen = shared.value; // race: onAdvanceBesideAReader
        });
  }
}
