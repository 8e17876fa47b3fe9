package org.katagrade.explored;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code Condition}: several kinds of waiting with one lock. */
final class Conditions {

  private Conditions() {}

  /** A buffer of one place with a condition for each side, or one for both. */
  private static class Buffer {
    private final Lock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty;
    private final boolean again;
    private int value;

    Buffer(boolean two, boolean again) {
      notEmpty = two ? lock.newCondition() : notFull;
      this.again = again;
    }

    void put(int element) throws InterruptedException {
      lock.lock();
      try {
        while (value != 0) {
          notFull.await();
        }
        value = element;
        notEmpty.signal();
      } finally {
        lock.unlock();
      }
    }

    int take() throws InterruptedException {
      lock.lock();
      try {
        if (again) {
          while (value == 0) {
            notEmpty.await();
          }
        } else if (value == 0) {
          notEmpty.await();
        }
        int taken = value;
        value = 0;
        notFull.signal();
        return taken;
      } finally {
        lock.unlock();
      }
    }
  }

  private static void twoOfEach(Fork fork, Buffer buffer) throws InterruptedException {
    Task put = () -> buffer.put(7);
    Task take = () -> Crew.expectEqual(7, buffer.take());
    Crew.run(fork, take, take, put, put);
  }

  @Sound("a signal goes to one that can go on")
  static void twoConditions(Fork fork) throws InterruptedException {
    twoOfEach(fork, new Buffer(true, true));
  }

  @Broken(LostWakeup.class)
  static void oneConditionForBoth(Fork fork) throws InterruptedException {
    twoOfEach(fork, new Buffer(false, true));
  }

  @Broken(Wrong.class)
  static void asksOnce(Fork fork) throws InterruptedException {
    twoOfEach(fork, new Buffer(true, false));
  }

  /** A gate that opens once. */
  private static final class Gate {
    private final Lock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private boolean open;

    void open(boolean all) {
      lock.lock();
      try {
        open = true;
        if (all) {
          opened.signalAll();
        } else {
          opened.signal();
        }
      } finally {
        lock.unlock();
      }
    }

    void await() throws InterruptedException {
      lock.lock();
      try {
        while (!open) {
          opened.await();
        }
      } finally {
        lock.unlock();
      }
    }

    boolean await(long millis) throws InterruptedException {
      lock.lock();
      try {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        while (!open) {
          if (left <= 0) {
            return false;
          }
          left = opened.awaitNanos(left);
        }
        return true;
      } finally {
        lock.unlock();
      }
    }

    void awaitHolding(Lock other) throws InterruptedException {
      other.lock();
      try {
        await();
      } finally {
        other.unlock();
      }
    }
  }

  @Sound("all that wait are told")
  static void signalsAll(Fork fork) throws InterruptedException {
    Gate gate = new Gate();
    Crew.run(fork, gate::await, gate::await, () -> gate.open(true));
  }

  @Broken(LostWakeup.class)
  static void signalsOne(Fork fork) throws InterruptedException {
    Gate gate = new Gate();
    Crew.run(fork, gate::await, gate::await, () -> gate.open(false));
  }

  @Sound("whether it opened is asked of the answer")
  static void heedsTheTimeout(Fork fork) throws InterruptedException {
    Gate gate = new Gate();
    AtomicBoolean passed = new AtomicBoolean();
    Crew.run(fork, () -> passed.set(gate.await(50)), () -> gate.open(true));
    Crew.expect(passed.get() || gate.await(0), "it is open in the end");
  }

  @Broken(Wrong.class)
  static void ignoresTheTimeout(Fork fork) throws InterruptedException {
    Gate gate = new Gate();
    AtomicBoolean opened = new AtomicBoolean();
    Crew.run(
        fork,
        () -> {
          boolean unused = gate.await(50);
          Crew.expect(opened.get(), "it was opened before anybody passes");
        },
        () -> {
          opened.set(true);
          gate.open(true);
        });
  }

  @Broken(LostWakeup.class)
  static void awaitsWithAnotherLock(Fork fork) throws InterruptedException {
    Gate gate = new Gate();
    Lock other = new ReentrantLock();
    Crew.run(
        fork,
        () -> gate.awaitHolding(other),
        () -> {
          other.lock();
          other.unlock();
          gate.open(true);
        });
  }

  @Broken(Wrong.class)
  static void signalsWithoutTheLock(Fork fork) throws InterruptedException {
    Gate gate = new Gate();
    Crew.run(fork, gate.opened::signal);
  }

  @Sound("a signal that an interrupted one got is passed on")
  static void interruptedAmongTwo(Fork fork) throws InterruptedException {
    Gate gate = new Gate();
    Thread one =
        Crew.start(
            fork,
            () -> {
              try {
                gate.await();
              } catch (InterruptedException e) {
                gate.open(true);
              }
            });
    Thread other = Crew.start(fork, gate::await);
    one.interrupt();
    gate.open(true);
    one.join();
    other.join();
  }
}
