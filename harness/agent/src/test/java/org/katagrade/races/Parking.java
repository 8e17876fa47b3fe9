package org.katagrade.races;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link LockSupport}, which lets threads wait but promises no order. */
final class Parking {

  private static final String FLAG =
      "JLS 17.4.5: the volatile write comes before the read that ends the loop";

  private volatile boolean ready;
  private volatile boolean answered;
  private boolean plainReady;
  private int data;
  private int seen;

  private Parking() {}

  private void check() {
    if (seen != 5) {
      throw new AssertionError(seen);
    }
  }

  @RaceFree(FLAG)
  static void parkInALoop(Fork fork) throws InterruptedException {
    Parking shared = new Parking();
    Thread waiter =
        fork.thread(
            () -> {
              while (!shared.ready) {
                LockSupport.park();
              }
              shared.seen = shared.data;
            });
    waiter.start();
    shared.data = 5;
    shared.ready = true;
    LockSupport.unpark(waiter);
    waiter.join();
    shared.check();
  }

  @Racy
  static void unparkIsNoOrder(Fork fork) throws InterruptedException {
    Parking shared = new Parking();
    Thread waiter =
        fork.thread(
            () -> {
              LockSupport.park();
              shared.seen = shared.data; // race: unparkIsNoOrder
            });
    waiter.start();
    shared.data = 5; // race: unparkIsNoOrder
    LockSupport.unpark(waiter);
    waiter.join();
  }

  @Racy
  static void loopOnAPlainFlag(Fork fork) throws InterruptedException {
    Parking shared = new Parking();
    Thread waiter =
        fork.thread(
            () -> {
              while (!shared.plainReady) { // race: loopOnAPlainFlag
                LockSupport.parkNanos(shared, 1_000_000);
              }
            });
    waiter.start();
    shared.plainReady = true; // race: loopOnAPlainFlag
    LockSupport.unpark(waiter);
    waiter.join();
  }

  @Racy
  static void flagSetBeforeTheData(Fork fork) throws InterruptedException {
    Parking shared = new Parking();
    Thread waiter =
        fork.thread(
            () -> {
              while (!shared.ready) {
                LockSupport.park(shared);
              }
              shared.seen = shared.data; // race: flagSetBeforeTheData
            });
    waiter.start();
    shared.ready = true;
    shared.data = 5; // race: flagSetBeforeTheData
    LockSupport.unpark(waiter);
    waiter.join();
  }

  @RaceFree(FLAG)
  static void parkForATime(Fork fork) throws InterruptedException {
    Parking shared = new Parking();
    Thread waiter =
        fork.thread(
            () -> {
              while (!shared.ready) {
                LockSupport.parkNanos(100_000);
              }
              shared.seen = shared.data;
            });
    waiter.start();
    shared.data = 5;
    shared.ready = true;
    waiter.join();
    shared.check();
  }

  @RaceFree(FLAG)
  static void parkUntilADeadline(Fork fork) throws InterruptedException {
    Parking shared = new Parking();
    Thread waiter =
        fork.thread(
            () -> {
              while (!shared.ready) {
                LockSupport.parkUntil(System.currentTimeMillis() + 1);
              }
              shared.seen = shared.data;
            });
    waiter.start();
    shared.data = 5;
    shared.ready = true;
    LockSupport.unpark(waiter);
    waiter.join();
    shared.check();
  }

  @RaceFree(FLAG)
  static void questionAndAnswer(Fork fork) throws InterruptedException {
    Parking shared = new Parking();
    Thread asker = Thread.currentThread();
    Thread clerk =
        fork.thread(
            () -> {
              while (!shared.ready) {
                LockSupport.park();
              }
              shared.data *= 2;
              shared.answered = true;
              LockSupport.unpark(asker);
            });
    clerk.start();
    shared.data = 21;
    shared.ready = true;
    LockSupport.unpark(clerk);
    while (!shared.answered) {
      LockSupport.park();
    }
    int answer = shared.data;
    clerk.join();
    if (answer != 42) {
      throw new AssertionError(answer);
    }
  }

  private static final class Gate {
    private volatile @Nullable Thread waiter;
    private volatile boolean open;
    private int visitors;

    void await() {
      waiter = Thread.currentThread();
      while (!open) {
        LockSupport.park(this);
      }
      visitors++;
    }

    void open() {
      visitors = 4;
      open = true;
      LockSupport.unpark(waiter);
    }
  }

  @RaceFree("LockSupport.unpark: no effect for null, and the flag is read before parking")
  static void gateThatKnowsItsWaiter(Fork fork) throws InterruptedException {
    Gate gate = new Gate();
    Thread waiter = fork.thread(gate::await);
    waiter.start();
    gate.open();
    waiter.join();
    if (gate.visitors != 5) {
      throw new AssertionError(gate.visitors);
    }
  }
}
