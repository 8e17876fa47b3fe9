package org.katagrade.explored;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.explore.Ending.Deadlock;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code Lock}: what {@code finally} gives back, and attempts that may fail. */
final class Locks {

  private Locks() {}

  private static void both(Lock first, Lock second) {
    first.lock();
    try {
      second.lock();
      second.unlock();
    } finally {
      first.unlock();
    }
  }

  @Sound("both take them in the same order")
  static void sameOrder(Fork fork) throws InterruptedException {
    Lock one = new ReentrantLock();
    Lock two = new ReentrantLock();
    Crew.run(fork, 2, () -> both(one, two));
  }

  @Broken(Deadlock.class)
  static void oppositeOrder(Fork fork) throws InterruptedException {
    Lock one = new ReentrantLock();
    Lock two = new ReentrantLock();
    Crew.run(fork, () -> both(one, two), () -> both(two, one));
  }

  @Broken(Deadlock.class)
  static void oppositeOrderOfFairLocks(Fork fork) throws InterruptedException {
    Lock one = new ReentrantLock(true);
    Lock two = new ReentrantLock(true);
    Crew.run(fork, () -> both(one, two), () -> both(two, one));
  }

  @Broken(Deadlock.class)
  static void aLockAndAMonitor(Fork fork) throws InterruptedException {
    Lock lock = new ReentrantLock();
    Object monitor = new Object();
    Crew.run(
        fork,
        () -> {
          synchronized (monitor) {
            lock.lock();
            lock.unlock();
          }
        },
        () -> {
          lock.lock();
          try {
            synchronized (monitor) {
              monitor.hashCode();
            }
          } finally {
            lock.unlock();
          }
        });
  }

  private static void divide(int by) {
    Crew.expectEqual(12 / by, 12 / by);
  }

  @Sound("finally gives it back when something is thrown")
  static void givesBackInFinally(Fork fork) throws InterruptedException {
    Lock lock = new ReentrantLock();
    Crew.run(
        fork,
        2,
        () -> {
          lock.lock();
          try {
            divide(0);
          } catch (ArithmeticException e) {
            return;
          } finally {
            lock.unlock();
          }
        });
  }

  @Broken(Deadlock.class)
  static void keepsItWhenSomethingIsThrown(Fork fork) throws InterruptedException {
    Lock lock = new ReentrantLock();
    Crew.run(
        fork,
        2,
        () -> {
          lock.lock();
          try {
            divide(0);
            lock.unlock();
          } catch (ArithmeticException e) {
            return;
          }
        });
  }

  /** What two must not be in at once. */
  private static final class Room {
    private final AtomicInteger inside = new AtomicInteger();

    void visit() {
      Crew.expectEqual(1, inside.incrementAndGet());
      inside.decrementAndGet();
    }
  }

  @Sound("goes in only if it got the lock")
  static void heedsTheAttempt(Fork fork) throws InterruptedException {
    Lock lock = new ReentrantLock();
    Room room = new Room();
    Crew.run(
        fork,
        2,
        () -> {
          if (lock.tryLock()) {
            try {
              room.visit();
            } finally {
              lock.unlock();
            }
          }
        });
  }

  @Broken(Wrong.class)
  static void ignoresTheAttempt(Fork fork) throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    Room room = new Room();
    Crew.run(
        fork,
        2,
        () -> {
          boolean unused = lock.tryLock();
          room.visit();
          if (lock.isHeldByCurrentThread()) {
            lock.unlock();
          }
        });
  }

  @Broken(Wrong.class)
  static void givesBackWhatItDidNotGet(Fork fork) throws InterruptedException {
    Lock lock = new ReentrantLock();
    Crew.run(
        fork,
        2,
        () -> {
          try {
            boolean unused = lock.tryLock(1, TimeUnit.SECONDS);
          } finally {
            lock.unlock();
          }
        });
  }

  @Sound("gives up the first when it cannot have the second, and says so")
  static void givesUp(Fork fork) throws InterruptedException {
    Lock one = new ReentrantLock();
    Lock two = new ReentrantLock();
    Crew.run(fork, () -> attempt(one, two), () -> attempt(two, one));
  }

  private static boolean attempt(Lock first, Lock second) {
    first.lock();
    try {
      if (!second.tryLock()) {
        return false;
      }
      second.unlock();
      return true;
    } finally {
      first.unlock();
    }
  }

  @Sound("waits for the second for a while only")
  static void waitsForAWhile(Fork fork) throws InterruptedException {
    Lock one = new ReentrantLock();
    Lock two = new ReentrantLock();
    Task task = () -> attemptFor(one, two);
    Task opposite = () -> attemptFor(two, one);
    Crew.run(fork, task, opposite);
  }

  private static void attemptFor(Lock first, Lock second) throws InterruptedException {
    first.lock();
    try {
      if (second.tryLock(5, TimeUnit.MILLISECONDS)) {
        second.unlock();
      }
    } finally {
      first.unlock();
    }
  }

  @Sound("an interrupt ends the wait for the lock")
  static void interruptibly(Fork fork) throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    AtomicBoolean interrupted = new AtomicBoolean();
    lock.lock();
    Thread waiting =
        Crew.start(
            fork,
            () -> {
              try {
                lock.lockInterruptibly();
                lock.unlock();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
            });
    waiting.interrupt();
    waiting.join();
    lock.unlock();
    Crew.expect(interrupted.get(), "it was interrupted");
  }

  @Broken(Deadlock.class)
  static void uninterruptibly(Fork fork) throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    Thread waiting =
        Crew.start(
            fork,
            () -> {
              lock.lock();
              lock.unlock();
            });
    waiting.interrupt();
    waiting.join();
    lock.unlock();
  }

  @Broken(Deadlock.class)
  static void lockedOnceMoreThanUnlocked(Fork fork) throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    Crew.run(
        fork,
        2,
        () -> {
          lock.lock();
          lock.lock();
          lock.unlock();
        });
  }
}
