package org.katagrade.races;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Buffers, sets and pools that {@link Semaphore}s or queues bound, as books show them. */
final class BoundedBySemaphores {

  private static final String RELEASE =
      "Semaphore: what precedes release() happens before what follows a successful acquire()";

  private int uses;

  private BoundedBySemaphores() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static final class Buffer {
    private final Semaphore items = new Semaphore(0);
    private final Semaphore spaces;
    private final int[] cells;
    private int putAt;
    private int takeAt;

    Buffer(int size) {
      spaces = new Semaphore(size);
      cells = new int[size];
    }

    void put(int item) {
      spaces.acquireUninterruptibly();
      cells[putAt++ % cells.length] = item; // race: twoProducersWithoutLock
      items.release();
    }

    int take() {
      items.acquireUninterruptibly();
      int item = cells[takeAt++ % cells.length];
      spaces.release();
      return item;
    }

    void putLocked(int item) {
      spaces.acquireUninterruptibly();
      synchronized (this) {
        cells[putAt++ % cells.length] = item;
      }
      items.release();
    }

    int takeLocked() {
      items.acquireUninterruptibly();
      int item;
      synchronized (this) {
        item = cells[takeAt++ % cells.length];
      }
      spaces.release();
      return item;
    }
  }

  @RaceFree(RELEASE)
  static void oneProducerAndOneConsumer(Fork fork) throws InterruptedException {
    Buffer buffer = new Buffer(2);
    int[] sum = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 1; i <= 10; i++) {
            buffer.put(i);
          }
        },
        () -> {
          for (int i = 1; i <= 10; i++) {
            sum[0] += buffer.take();
          }
        });
    expect(55, sum[0]);
  }

  @RaceFree("JLS 17.4.5: the cells and both positions are used under the buffer's monitor only")
  static void manyProducersAndConsumers(Fork fork) throws InterruptedException {
    Buffer buffer = new Buffer(2);
    Runnable putAndTake =
        () -> {
          for (int i = 1; i <= 10; i++) {
            buffer.putLocked(i);
            buffer.takeLocked();
          }
        };
    TwoThreads.together(fork, putAndTake, putAndTake);
    expect(20, buffer.putAt);
    expect(20, buffer.takeAt);
  }

  @Racy
  static void twoProducersWithoutLock(Fork fork) throws InterruptedException {
    Buffer buffer = new Buffer(2);
    TwoThreads.together(fork, () -> buffer.put(1), () -> buffer.put(2));
  }

  @RaceFree("JLS 17.4.5: every access to the set is under the monitor of its wrapper")
  static void boundedSet(Fork fork) throws InterruptedException {
    Set<Integer> set = Collections.synchronizedSet(new HashSet<>());
    Semaphore bound = new Semaphore(2);
    Runnable addAndRemove =
        () -> {
          for (int i = 0; i < 10; i++) {
            bound.acquireUninterruptibly();
            // Removed again by the one that added it.
            boolean added = set.add(i);
            if (!added || set.remove(i)) {
              bound.release();
            }
          }
        };
    TwoThreads.together(fork, addAndRemove, addAndRemove);
    expect(2, bound.availablePermits());
    expect(0, set.size());
  }

  @RaceFree("BlockingQueue: placing an object happens before what follows its removal")
  static void borrowedFromAPool(Fork fork) throws InterruptedException {
    BlockingQueue<BoundedBySemaphores> pool = new ArrayBlockingQueue<>(2);
    pool.add(new BoundedBySemaphores());
    pool.add(new BoundedBySemaphores());
    Thread third = fork.thread(useTenTimes(pool));
    third.start();
    TwoThreads.together(fork, useTenTimes(pool), useTenTimes(pool));
    third.join();
    expect(30, pool.take().uses + pool.take().uses);
  }

  private static Runnable useTenTimes(BlockingQueue<BoundedBySemaphores> pool) {
    return Checked.task(
        () -> {
          for (int i = 0; i < 10; i++) {
            BoundedBySemaphores mine = pool.take();
            try {
              mine.uses++;
            } finally {
              pool.put(mine);
            }
          }
        });
  }

  @Racy
  static void usedAfterItWasGivenBack(Fork fork) throws InterruptedException {
    BlockingQueue<BoundedBySemaphores> pool = new ArrayBlockingQueue<>(1);
    pool.add(new BoundedBySemaphores());
    TwoThreads.inTurn(
        fork,
        () -> {
          BoundedBySemaphores mine = pool.remove();
          pool.add(mine);
          mine.uses = 1; // race: usedAfterItWasGivenBack
        },
        () -> {
          BoundedBySemaphores mine = pool.remove();
          mine.uses = 2; // race: usedAfterItWasGivenBack
          pool.add(mine);
        });
  }

  @Racy
  static void readersCountedWithoutTheirMutex(Fork fork) throws InterruptedException {
    Semaphore mutex = new Semaphore(1);
    BoundedBySemaphores room = new BoundedBySemaphores();
    TwoThreads.inTurn(
        fork,
        () -> {
          mutex.acquireUninterruptibly();
          room.uses++; // race: readersCountedWithoutTheirMutex
          mutex.release();
        },
        () -> room.uses--); // race: readersCountedWithoutTheirMutex
  }
}
