package org.katagrade.explored;

import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.explore.Ending.Deadlock;
import org.katagrade.agent.explore.Ending.Livelock;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Dining philosophers with forks of several kinds. */
final class Philosophers {

  private Philosophers() {}

  private static void dine(Fork fork, int count, Lock[] forks, boolean inOrder)
      throws InterruptedException {
    Task[] philosophers = new Task[count];
    for (int i = 0; i < count; i++) {
      int left = i;
      int right = (i + 1) % count;
      Lock first = forks[inOrder ? Math.min(left, right) : left];
      Lock second = forks[inOrder ? Math.max(left, right) : right];
      philosophers[i] =
          () -> {
            first.lock();
            try {
              second.lock();
              second.unlock();
            } finally {
              first.unlock();
            }
          };
    }
    Crew.run(fork, philosophers);
  }

  private static Lock[] locks(int count) {
    Lock[] locks = new Lock[count];
    Arrays.setAll(locks, i -> new ReentrantLock());
    return locks;
  }

  @Sound("the lower number first")
  static void lowerFirst(Fork fork) throws InterruptedException {
    dine(fork, 3, locks(3), true);
  }

  @Broken(Deadlock.class)
  static void leftFirst(Fork fork) throws InterruptedException {
    dine(fork, 3, locks(3), false);
  }

  private static void waiter(Fork fork, int seats) throws InterruptedException {
    Semaphore free = new Semaphore(seats);
    Semaphore[] forks = {new Semaphore(1), new Semaphore(1), new Semaphore(1)};
    Task[] philosophers = new Task[3];
    for (int i = 0; i < 3; i++) {
      Semaphore left = forks[i];
      Semaphore right = forks[(i + 1) % 3];
      philosophers[i] =
          () -> {
            free.acquire();
            left.acquire();
            right.acquire();
            right.release();
            left.release();
            free.release();
          };
    }
    Crew.run(fork, philosophers);
  }

  @Sound("one seat less than there are philosophers")
  static void oneSeatLess(Fork fork) throws InterruptedException {
    waiter(fork, 2);
  }

  @Broken(LostWakeup.class)
  static void aSeatForEach(Fork fork) throws InterruptedException {
    waiter(fork, 3);
  }

  /** A table with one monitor: both forks or none. */
  private static final class Table {
    private final boolean[] taken = new boolean[3];
    private final boolean all;

    Table(boolean all) {
      this.all = all;
    }

    synchronized void take(int left, int right) throws InterruptedException {
      while (taken[left] || taken[right]) {
        wait();
      }
      taken[left] = true;
      taken[right] = true;
    }

    synchronized void putBack(int left, int right) {
      taken[left] = false;
      taken[right] = false;
      if (all) {
        notifyAll();
      } else {
        notify();
      }
    }
  }

  private static void table(Fork fork, boolean all) throws InterruptedException {
    Table table = new Table(all);
    Task[] philosophers = new Task[3];
    for (int i = 0; i < 3; i++) {
      int left = i;
      philosophers[i] =
          () -> {
            table.take(left, (left + 1) % 3);
            table.putBack(left, (left + 1) % 3);
          };
    }
    Crew.run(fork, philosophers);
  }

  @Sound("both forks in one step, and all are told")
  static void bothAtOnce(Fork fork) throws InterruptedException {
    table(fork, true);
  }

  @Sound("at a table of three only one eats, and the next is told")
  static void bothAtOnceTellingOne(Fork fork) throws InterruptedException {
    table(fork, false);
  }

  @Broken(Livelock.class)
  static void bothGiveWayForEver(Fork fork) throws InterruptedException {
    AtomicInteger hungry = new AtomicInteger(2);
    AtomicInteger spoon = new AtomicInteger();
    Task[] diners = new Task[2];
    for (int i = 0; i < 2; i++) {
      int me = i;
      diners[i] =
          () -> {
            boolean ate = false;
            while (!ate) {
              if (spoon.get() != me) {
                Thread.yield();
              } else if (hungry.get() == 2) {
                spoon.set(1 - me);
              } else {
                hungry.decrementAndGet();
                ate = true;
              }
            }
          };
    }
    Crew.run(fork, diners);
  }

  @Sound("gives way once, and then eats")
  static void givesWayOnce(Fork fork) throws InterruptedException {
    AtomicInteger spoon = new AtomicInteger();
    Task[] diners = new Task[2];
    for (int i = 0; i < 2; i++) {
      int me = i;
      diners[i] =
          () -> {
            while (spoon.get() != me) {
              Thread.yield();
            }
            spoon.set(1 - me);
          };
    }
    Crew.run(fork, diners);
  }
}
