package org.katagrade.races;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link AtomicLongArray}, and the less used modes of the atomic classes. */
final class AtomicCells {

  private static final String VOLATILE =
      "AtomicLongArray.set, get: as VarHandle.setVolatile, getVolatile of the element";
  private static final String RELEASED =
      "compareAndExchangeRelease, compareAndExchangeAcquire: as the VarHandle's modes";

  private final AtomicLongArray cells = new AtomicLongArray(2);
  private final AtomicInteger state = new AtomicInteger();
  private int value;
  private int seen;

  private AtomicCells() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(VOLATILE)
  static void oneCell(Fork fork) throws InterruptedException {
    AtomicCells shared = new AtomicCells();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5;
          shared.cells.set(1, 1);
        },
        () -> {
          while (shared.cells.get(1) == 0) {
            Thread.onSpinWait();
          }
          shared.seen = shared.value;
        });
    expect(5, shared.seen);
  }

  @Racy
  static void anotherCell(Fork fork) throws InterruptedException {
    AtomicCells shared = new AtomicCells();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.value = 5; // race: anotherCell
          shared.cells.getAndAdd(1, 1);
        },
        () -> {
          expect(0, (int) shared.cells.getAndAdd(0, 1));
          shared.seen = shared.value; // race: anotherCell
        });
  }

  @RaceFree(VOLATILE)
  static void updatedInTurn(Fork fork) throws InterruptedException {
    AtomicCells shared = new AtomicCells();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.value = 5;
          shared.cells.updateAndGet(0, cell -> cell + 1);
        },
        () -> {
          if (shared.cells.accumulateAndGet(0, 1, Long::sum) == 2) {
            shared.seen = shared.value;
          }
        });
    expect(5, shared.seen);
  }

  @RaceFree(RELEASED)
  static void exchangedInTheModes(Fork fork) throws InterruptedException {
    AtomicCells shared = new AtomicCells();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5;
          expect(0, shared.state.compareAndExchangeRelease(0, 1));
        },
        () -> {
          while (shared.state.compareAndExchangeAcquire(1, 2) != 1) {
            Thread.onSpinWait();
          }
          shared.seen = shared.value;
        });
    expect(5, shared.seen);
  }

  /** An acquire passes nothing on. */
  @Racy
  static void exchangedTheOtherWayRound(Fork fork) throws InterruptedException {
    AtomicCells shared = new AtomicCells();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.value = 5; // race: exchangedTheOtherWayRound
          expect(0, shared.state.compareAndExchangeAcquire(0, 1));
        },
        () -> {
          expect(1, shared.state.compareAndExchangeAcquire(1, 2));
          shared.seen = shared.value; // race: exchangedTheOtherWayRound
        });
  }

  /** "with memory effects as specified by VarHandle.weakCompareAndSetPlain": none. */
  @Racy
  static void comparedPlainly(Fork fork) throws InterruptedException {
    AtomicCells shared = new AtomicCells();
    AtomicReference<String> name = new AtomicReference<>("first");
    Unseen written = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5; // race: comparedPlainly
          while (!name.weakCompareAndSetPlain("first", "second")) {
            Thread.onSpinWait();
          }
          written.reached();
        },
        () -> {
          written.await();
          while (!name.weakCompareAndSetPlain("second", "third")) {
            Thread.onSpinWait();
          }
          shared.seen = shared.value; // race: comparedPlainly
        });
  }
}
