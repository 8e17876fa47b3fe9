package org.katagrade.races;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link ReentrantLock}: attempts to lock, timed and interruptible ones. */
final class TryLocks {

  private static final String UNLOCK =
      "Lock: lock and unlock have the memory effects of a monitor's (JLS 17.4.5)";

  private final ReentrantLock lock = new ReentrantLock();
  private int value;
  private int seen;

  private TryLocks() {}

  private void increment() {
    lock.lock();
    try {
      value++;
    } finally {
      lock.unlock();
    }
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(UNLOCK)
  static void tryLockUntilItSucceeds(Fork fork) throws InterruptedException {
    TryLocks counter = new TryLocks();
    Runnable count =
        () -> {
          while (!counter.lock.tryLock()) {
            Thread.yield();
          }
          try {
            counter.value++;
          } finally {
            counter.lock.unlock();
          }
        };
    TwoThreads.together(fork, count, count);
    expect(2, counter.value);
  }

  @RaceFree(UNLOCK)
  static void timedTryLockObserved(Fork fork) throws InterruptedException {
    TryLocks counter = new TryLocks();
    Runnable count =
        Checked.task(
            () -> {
              if (!counter.lock.tryLock(30, TimeUnit.SECONDS)) {
                return;
              }
              try {
                counter.value++;
              } finally {
                counter.lock.unlock();
              }
            });
    TwoThreads.together(fork, count, count);
    expect(2, counter.value);
  }

  @RaceFree("Lock.lockInterruptibly: throws without the lock, and then nothing is touched")
  static void interruptedAndGivenUp(Fork fork) throws InterruptedException {
    TryLocks counter = new TryLocks();
    TwoThreads.together(
        fork,
        counter::increment,
        () -> {
          Thread.currentThread().interrupt();
          try {
            counter.lock.lockInterruptibly();
          } catch (InterruptedException expected) {
            return;
          }
          counter.value = 100;
          counter.lock.unlock();
        });
    expect(1, counter.value);
  }

  /** Runs the other task while a thread that has counted still holds the lock. */
  private void besideAHolder(Fork fork, Runnable other) throws InterruptedException {
    Unseen held = new Unseen();
    Unseen over = new Unseen();
    Thread holder =
        fork.thread(
            () -> {
              lock.lock();
              try {
                value++; // race: tryLockIgnored, timedTryLockIgnored, readWhileItIsLocked
                held.reached();
                over.await();
              } finally {
                lock.unlock();
              }
            });
    holder.start();
    Thread beside =
        fork.thread(
            () -> {
              held.await();
              other.run();
              over.reached();
            });
    beside.start();
    beside.join();
    holder.join();
  }

  @Racy
  static void tryLockIgnored(Fork fork) throws InterruptedException {
    TryLocks counter = new TryLocks();
    counter.besideAHolder(
        fork,
        () -> {
          boolean locked = counter.lock.tryLock();
          counter.value++; // race: tryLockIgnored
          if (locked) {
            counter.lock.unlock();
          }
        });
  }

  @Racy
  static void timedTryLockIgnored(Fork fork) throws InterruptedException {
    TryLocks counter = new TryLocks();
    counter.besideAHolder(
        fork,
        Checked.task(
            () -> {
              boolean unused = counter.lock.tryLock(1, TimeUnit.MILLISECONDS);
              counter.value++; // race: timedTryLockIgnored
            }));
  }

  @Racy
  static void readWhileItIsLocked(Fork fork) throws InterruptedException {
    TryLocks counter = new TryLocks();
    counter.besideAHolder(
        fork,
        () -> {
          // By whom it is locked, isLocked() does not say.
          if (counter.lock.isLocked()) {
            counter.seen = counter.value; // race: readWhileItIsLocked
          }
        });
  }

  @Racy
  static void interruptedAndGoingOn(Fork fork) throws InterruptedException {
    TryLocks counter = new TryLocks();
    Runnable count =
        () -> {
          Thread.currentThread().interrupt();
          try {
            counter.lock.lockInterruptibly();
          } catch (InterruptedException e) {
            // Forgotten: the lock was not taken.
          }
          counter.value++; // race: interruptedAndGoingOn
          if (counter.lock.isHeldByCurrentThread()) {
            counter.lock.unlock();
          }
        };
    TwoThreads.together(fork, count, count);
  }
}
