package org.katagrade.races;

import java.util.concurrent.Semaphore;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link Semaphore}: all permits that there are, and permits taken out of use. */
final class PermitsInBulk extends Semaphore {

  private static final long serialVersionUID = 1;

  private static final String RELEASE =
      "Semaphore: what precedes a release happens before what follows a successful acquire";

  private int value;
  private int seen;

  private PermitsInBulk(int permits) {
    super(permits);
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(RELEASE)
  static void drainedWhatWasReleased(Fork fork) throws InterruptedException {
    PermitsInBulk shared = new PermitsInBulk(0);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5;
          shared.release(3);
        },
        () -> {
          int drained = shared.drainPermits();
          while (drained == 0) {
            Thread.onSpinWait();
            drained = shared.drainPermits();
          }
          shared.seen = shared.value + drained;
        });
    expect(8, shared.seen);
  }

  @Racy
  static void drainedNothing(Fork fork) throws InterruptedException {
    PermitsInBulk shared = new PermitsInBulk(0);
    Unseen written = new Unseen();
    Unseen drained = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5; // race: drainedNothing
          written.reached();
          drained.await();
          shared.release();
        },
        () -> {
          written.await();
          expect(0, shared.drainPermits());
          shared.seen = shared.value; // race: drainedNothing
          drained.reached();
        });
  }

  @RaceFree(RELEASE)
  static void fewerPermitsThanAtFirst(Fork fork) throws InterruptedException {
    PermitsInBulk shared = new PermitsInBulk(2);
    shared.reducePermits(1);
    Runnable add =
        () -> {
          shared.acquireUninterruptibly();
          shared.value++;
          shared.release();
        };
    TwoThreads.together(fork, add, add);
    expect(2, shared.value);
  }

  /** "This method differs from acquire in that it does not block", and it promises no order. */
  @Racy
  static void reducedIsNotReleased(Fork fork) throws InterruptedException {
    PermitsInBulk shared = new PermitsInBulk(2);
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.value = 5; // race: reducedIsNotReleased
          shared.reducePermits(1);
        },
        () -> {
          shared.acquireUninterruptibly();
          shared.seen = shared.value; // race: reducedIsNotReleased
        });
  }
}
