package org.katagrade.races;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Atomic variables that decide who does something, and who may see what was done. */
final class OnceGuards {

  private static final String ATOMICS =
      "VarHandle.compareAndSet, getAndSet: memory semantics of setVolatile and getVolatile";

  private static final int NEW = 0;
  private static final int RUNNING = 1;
  private static final int DONE = 2;

  private int value;
  private int seen;

  private OnceGuards() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(ATOMICS)
  static void stateOfATask(Fork fork) throws InterruptedException {
    OnceGuards shared = new OnceGuards();
    AtomicInteger state = new AtomicInteger(NEW);
    int[] seen = new int[2];
    TwoThreads.together(
        fork, () -> seen[0] = shared.initialised(state), () -> seen[1] = shared.initialised(state));
    expect(14, seen[0] + seen[1]);
  }

  private int initialised(AtomicInteger state) {
    if (state.compareAndSet(NEW, RUNNING)) {
      value = 7;
      state.set(DONE);
    }
    while (state.get() != DONE) {
      Thread.onSpinWait();
      Thread.yield();
    }
    return value;
  }

  @Racy
  static void loserReadsTooEarly(Fork fork) throws InterruptedException {
    OnceGuards shared = new OnceGuards();
    AtomicBoolean initialised = new AtomicBoolean();
    Unseen claimed = new Unseen();
    Runnable winner =
        () -> {
          if (initialised.compareAndSet(false, true)) {
            claimed.reached();
            shared.value = 7; // race: loserReadsTooEarly
          }
        };
    Runnable loser =
        () -> {
          claimed.await();
          if (!initialised.compareAndSet(false, true)) {
            shared.seen = shared.value; // race: loserReadsTooEarly
          }
        };
    TwoThreads.together(fork, winner, loser);
  }

  @RaceFree(ATOMICS)
  static void onlyTheWinnerReads(Fork fork) throws InterruptedException {
    AtomicBoolean closed = new AtomicBoolean();
    OnceGuards shared = new OnceGuards();
    Runnable close =
        () -> {
          if (!closed.getAndSet(true)) {
            shared.value++;
          }
        };
    TwoThreads.together(fork, close, close);
    expect(1, shared.value);
  }

  @Racy
  static void checkedThenSet(Fork fork) throws InterruptedException {
    AtomicBoolean closed = new AtomicBoolean();
    OnceGuards shared = new OnceGuards();
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    TwoThreads.together(
        fork, () -> shared.close(closed, one, other), () -> shared.close(closed, other, one));
  }

  private void close(AtomicBoolean closed, Unseen here, Unseen there) {
    if (!closed.get()) {
      here.reached();
      there.await();
      value++; // race: checkedThenSet
      closed.set(true);
    }
  }

  @RaceFree(ATOMICS)
  static void indicesDealtOut(Fork fork) throws InterruptedException {
    int[] squares = new int[20];
    AtomicInteger next = new AtomicInteger();
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < squares.length; i = next.getAndIncrement()) {
            squares[i] = i * i;
          }
        };
    TwoThreads.together(fork, work, work);
    expect(361, squares[19]);
  }

  @Racy
  static void sameIndexForBoth(Fork fork) throws InterruptedException {
    int[] squares = new int[20];
    AtomicInteger next = new AtomicInteger(3);
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    TwoThreads.together(
        fork, () -> square(squares, next, one, other), () -> square(squares, next, other, one));
  }

  private static void square(int[] squares, AtomicInteger next, Unseen here, Unseen there) {
    int i = next.get();
    here.reached();
    there.await();
    squares[i] = i * i; // race: sameIndexForBoth
    next.set(i + 1);
  }

  @Racy
  static void sumOfAnAdderTellsOfNothing(Fork fork) throws InterruptedException {
    OnceGuards shared = new OnceGuards();
    LongAdder finished = new LongAdder();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5; // race: sumOfAnAdderTellsOfNothing
          finished.increment();
        },
        () -> {
          while (finished.sum() == 0) {
            Thread.yield();
          }
          shared.seen = shared.value; // race: sumOfAnAdderTellsOfNothing
        });
  }
}
