package org.katagrade.races;

import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@code synchronized}. */
final class Monitors {

  private static final String UNLOCK =
      "JLS 17.4.5: an unlock happens before every subsequent lock of that monitor";

  private final Object lock = new Object();
  private int value;
  private int passedOn;

  private synchronized void increment() {
    value++; // race: readWithoutTheMonitor
  }

  @RaceFree(UNLOCK)
  static void countUnderTheMonitor(Fork fork) throws InterruptedException {
    Monitors counter = new Monitors();
    Thread one = fork.thread(counter::increment);
    Thread other = fork.thread(counter::increment);
    one.start();
    other.start();
    one.join();
    other.join();
    if (counter.value != 2) {
      throw new AssertionError(counter.value);
    }
  }

  @Racy
  static void readWithoutTheMonitor(Fork fork) throws InterruptedException {
    Monitors counter = new Monitors();
    Thread writer = fork.thread(counter::increment);
    writer.start();
    int seen = counter.value; // race: readWithoutTheMonitor
    writer.join();
    if (seen < 0) {
      throw new AssertionError(seen);
    }
  }

  private void addUnder(Object monitor) {
    synchronized (monitor) {
      value += 2; // race: lockOfItsOwnEach, lockMadeOnTheSpot
    }
  }

  @RaceFree(UNLOCK)
  static void oneLockForBoth(Fork fork) throws InterruptedException {
    Monitors counter = new Monitors();
    TwoThreads.together(
        fork, () -> counter.addUnder(counter.lock), () -> counter.addUnder(counter.lock));
    if (counter.value != 4) {
      throw new AssertionError(counter.value);
    }
  }

  @Racy
  static void lockOfItsOwnEach(Fork fork) throws InterruptedException {
    Monitors counter = new Monitors();
    TwoThreads.together(
        fork, () -> counter.addUnder(counter.lock), () -> counter.addUnder(counter));
  }

  @Racy
  static void lockMadeOnTheSpot(Fork fork) throws InterruptedException {
    Monitors counter = new Monitors();
    Runnable add = () -> counter.addUnder(new Object());
    TwoThreads.together(fork, add, add);
  }

  private synchronized int climb(int steps) {
    if (steps == 0) {
      return value;
    }
    value++;
    int reached = climb(steps - 1);
    value += 0;
    return reached;
  }

  @RaceFree(UNLOCK)
  static void recursion(Fork fork) throws InterruptedException {
    Monitors stairs = new Monitors();
    TwoThreads.together(fork, () -> stairs.climb(10), () -> stairs.climb(20));
    if (stairs.value != 30) {
      throw new AssertionError(stairs.value);
    }
  }

  private synchronized void incrementAndThrow() {
    value++;
    throw new IllegalStateException("after " + value);
  }

  @RaceFree("JLS 14.19, 8.4.3.6: the monitor is unlocked however the block completes")
  static void exceptionOutOfTheMonitor(Fork fork) throws InterruptedException {
    Monitors counter = new Monitors();
    Runnable failing =
        () -> {
          for (int i = 0; i < 10; i++) {
            try {
              counter.incrementAndThrow();
            } catch (IllegalStateException expected) {
              counter.increment();
            }
          }
        };
    TwoThreads.together(fork, failing, failing);
    if (counter.value != 40) {
      throw new AssertionError(counter.value);
    }
  }

  private void underTheLock(Runnable action) {
    synchronized (lock) {
      action.run();
    }
  }

  @RaceFree(UNLOCK)
  static void actionRunUnderTheLock(Fork fork) throws InterruptedException {
    Monitors counter = new Monitors();
    Runnable add = () -> counter.underTheLock(() -> counter.value++);
    TwoThreads.together(fork, add, add);
    if (counter.value != 2) {
      throw new AssertionError(counter.value);
    }
  }

  @Racy
  static void writeAfterTheBlock(Fork fork) throws InterruptedException {
    Monitors counter = new Monitors();
    Runnable write =
        () -> {
          int next;
          synchronized (counter.lock) {
            next = 5;
          }
          counter.value = next; // race: writeAfterTheBlock
        };
    Runnable read =
        () -> {
          synchronized (counter.lock) {
            counter.passedOn = counter.value; // race: writeAfterTheBlock
          }
        };
    // The other way round the reader's unlock would come before the writer's lock.
    TwoThreads.inTurn(fork, write, read);
  }

  private void incrementOnce() {
    if (value == 0) { // race: checkBeforeTheBlock
      synchronized (this) {
        if (value == 0) {
          value = 1; // race: checkBeforeTheBlock
        }
      }
    }
  }

  @Racy
  static void checkBeforeTheBlock(Fork fork) throws InterruptedException {
    Monitors counter = new Monitors();
    TwoThreads.together(fork, counter::incrementOnce, counter::incrementOnce);
  }

  private static final class Chain {
    final Object first = new Object();
    final Object second = new Object();
    int data;
    boolean written;
    boolean passedOn;
    int received;
  }

  @RaceFree("JLS 17.4.5: happens-before is transitive")
  static void passedOnByAThird(Fork fork) throws InterruptedException {
    Chain chain = new Chain();
    Thread writer =
        fork.thread(
            () -> {
              chain.data = 7;
              synchronized (chain.first) {
                chain.written = true;
              }
            });
    Thread between =
        fork.thread(
            () -> {
              boolean seen = false;
              while (!seen) {
                Thread.yield();
                synchronized (chain.first) {
                  seen = chain.written;
                }
              }
              synchronized (chain.second) {
                chain.passedOn = true;
              }
            });
    writer.start();
    between.start();
    boolean seen = false;
    while (!seen) {
      Thread.yield();
      synchronized (chain.second) {
        seen = chain.passedOn;
      }
    }
    chain.received = chain.data;
    writer.join();
    between.join();
    if (chain.received != 7) {
      throw new AssertionError(chain.received);
    }
  }

  @Racy
  static void readUnderTheSecondLock(Fork fork) throws InterruptedException {
    Chain chain = new Chain();
    Unseen written = new Unseen();
    Thread writer =
        fork.thread(
            () -> {
              synchronized (chain.first) {
                chain.data = 7; // race: readUnderTheSecondLock
              }
              written.reached();
            });
    writer.start();
    written.await();
    synchronized (chain.second) {
      chain.received = chain.data; // race: readUnderTheSecondLock
    }
    writer.join();
  }
}
