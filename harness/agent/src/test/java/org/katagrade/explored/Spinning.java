package org.katagrade.explored;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.explore.Ending.Livelock;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Loops that ask again and again: right ones that always come to an end, and others. */
final class Spinning {

  private Spinning() {}

  private volatile boolean open;
  private volatile boolean wanted;
  private volatile boolean wantedToo;
  private volatile int turn;

  @Sound("the flag is set sooner or later")
  static void onSpinWait(Fork fork) throws InterruptedException {
    Spinning gate = new Spinning();
    Crew.run(
        fork,
        () -> {
          while (!gate.open) {
            Thread.onSpinWait();
          }
        },
        () -> gate.open = true);
  }

  @Sound("the flag is set sooner or later")
  static void yielding(Fork fork) throws InterruptedException {
    Spinning gate = new Spinning();
    Crew.run(
        fork,
        () -> {
          while (!gate.open) {
            Thread.yield();
          }
        },
        () -> gate.open = true);
  }

  @Sound("reads a volatile field, so it sees the flag sooner or later")
  static void sayingNothing(Fork fork) throws InterruptedException {
    Spinning gate = new Spinning();
    Crew.run(
        fork,
        () -> {
          while (!gate.open) {}
        },
        () -> gate.open = true);
  }

  @Sound("sleeps between looking")
  static void sleeping(Fork fork) throws InterruptedException {
    Spinning gate = new Spinning();
    Crew.run(
        fork,
        () -> {
          while (!gate.open) {
            Thread.sleep(10);
          }
        },
        () -> gate.open = true);
  }

  @Broken(Livelock.class)
  static void flagIsNeverSet(Fork fork) throws InterruptedException {
    Spinning gate = new Spinning();
    Crew.run(
        fork,
        () -> {
          while (!gate.open) {
            Thread.onSpinWait();
          }
        },
        () -> gate.wanted = true);
  }

  @Broken(Livelock.class)
  static void bothWaitPolitely(Fork fork) throws InterruptedException {
    Spinning door = new Spinning();
    Crew.run(
        fork,
        () -> {
          door.wanted = true;
          while (door.wantedToo) {
            Thread.yield();
          }
          door.wanted = false;
        },
        () -> {
          door.wantedToo = true;
          while (door.wanted) {
            Thread.yield();
          }
          door.wantedToo = false;
        });
  }

  @Sound("the one whose turn it is goes first")
  static void oneGoesFirst(Fork fork) throws InterruptedException {
    Spinning door = new Spinning();
    Crew.run(
        fork,
        () -> {
          door.wanted = true;
          door.turn = 1;
          while (door.wantedToo && door.turn == 1) {
            Thread.yield();
          }
          door.wanted = false;
        },
        () -> {
          door.wantedToo = true;
          door.turn = 0;
          while (door.wanted && door.turn == 0) {
            Thread.yield();
          }
          door.wantedToo = false;
        });
  }

  /** A lock that is taken by asking again and again. */
  private static final class SpinLock {
    private final AtomicBoolean taken = new AtomicBoolean();

    void lock() {
      while (!taken.compareAndSet(false, true)) {
        Thread.onSpinWait();
      }
    }

    void lockInTwoSteps() {
      while (taken.get()) {
        Thread.onSpinWait();
      }
      taken.set(true);
    }

    void unlock() {
      taken.set(false);
    }
  }

  @Sound("asks and takes in one step")
  static void spinLock(Fork fork) throws InterruptedException {
    SpinLock lock = new SpinLock();
    AtomicInteger count = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> {
          lock.lock();
          count.set(count.get() + 1);
          lock.unlock();
        });
    Crew.expectEqual(2, count.get());
  }

  @Broken(Wrong.class)
  static void spinLockInTwoSteps(Fork fork) throws InterruptedException {
    SpinLock lock = new SpinLock();
    AtomicInteger count = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> {
          lock.lockInTwoSteps();
          count.set(count.get() + 1);
          lock.unlock();
        });
    Crew.expectEqual(2, count.get());
  }

  @Broken(Livelock.class)
  static void spinLocksInOppositeOrder(Fork fork) throws InterruptedException {
    SpinLock one = new SpinLock();
    SpinLock two = new SpinLock();
    Crew.run(fork, () -> both(one, two), () -> both(two, one));
  }

  private static void both(SpinLock first, SpinLock second) {
    first.lock();
    second.lock();
    second.unlock();
    first.unlock();
  }

  @Sound("numbers are drawn in one step, and called in order")
  static void tickets(Fork fork) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger serving = new AtomicInteger();
    AtomicInteger count = new AtomicInteger();
    Crew.run(
        fork,
        3,
        () -> {
          int mine = next.getAndIncrement();
          while (serving.get() != mine) {
            Thread.onSpinWait();
          }
          count.set(count.get() + 1);
          serving.set(mine + 1);
        });
    Crew.expectEqual(3, count.get());
  }

  @Broken({Wrong.class, Livelock.class})
  static void ticketsDrawnInTwoSteps(Fork fork) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger serving = new AtomicInteger();
    AtomicInteger count = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> {
          int mine = next.get();
          next.set(mine + 1);
          while (serving.get() != mine) {
            Thread.onSpinWait();
          }
          count.set(count.get() + 1);
          serving.set(mine + 1);
        });
    Crew.expectEqual(2, count.get());
  }

  /** A barrier that can be used again: its sense changes with every round. */
  private static final class SenseBarrier {
    private final int parties;
    private final AtomicInteger left;
    private volatile boolean sense;

    SenseBarrier(int parties) {
      this.parties = parties;
      left = new AtomicInteger(parties);
    }

    void await(boolean resetFirst) {
      boolean mine = !sense;
      if (left.decrementAndGet() == 0) {
        if (resetFirst) {
          left.set(parties);
          sense = mine;
        } else {
          sense = mine;
          left.set(parties);
        }
      } else {
        while (sense != mine) {
          Thread.onSpinWait();
        }
      }
    }
  }

  @Sound("counted anew before anybody is let go")
  static void senseBarrier(Fork fork) throws InterruptedException {
    SenseBarrier barrier = new SenseBarrier(2);
    Crew.run(
        fork,
        2,
        () -> {
          barrier.await(true);
          barrier.await(true);
        });
  }

  @Broken(Livelock.class)
  static void senseBarrierCountedTooLate(Fork fork) throws InterruptedException {
    SenseBarrier barrier = new SenseBarrier(2);
    Crew.run(
        fork,
        2,
        () -> {
          barrier.await(false);
          barrier.await(false);
        });
  }
}
