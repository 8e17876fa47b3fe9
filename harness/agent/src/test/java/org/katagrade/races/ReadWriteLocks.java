package org.katagrade.races;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link ReentrantReadWriteLock}. */
final class ReadWriteLocks {

  private static final String WRITE_THEN_READ =
      "ReadWriteLock: a reader sees all updates made upon previous release of the write lock";

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private int value;
  private int seen;

  private void set(int next) {
    lock.writeLock().lock();
    try {
      value = next;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private int get() {
    lock.readLock().lock();
    try {
      return value; // race: writeAfterTheDowngrade
    } finally {
      lock.readLock().unlock();
    }
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(WRITE_THEN_READ)
  static void readAndWritten(Fork fork) throws InterruptedException {
    ReadWriteLocks shared = new ReadWriteLocks();
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 1; i <= 10; i++) {
            shared.set(i);
          }
        },
        () -> {
          int last = 0;
          for (int i = 0; i < 10; i++) {
            int next = shared.get();
            if (next < last) {
              throw new IllegalStateException(next + " after " + last);
            }
            last = next;
          }
          shared.seen = 1;
        });
    expect(10, shared.value);
    expect(1, shared.seen);
  }

  @RaceFree("Lock: the reader's unlock comes before the writer's lock, since a writer is alone")
  static void readerThenWriterThenReader(Fork fork) throws InterruptedException {
    ReadWriteLocks shared = new ReadWriteLocks();
    int[] seen = new int[3];
    Thread[] readers = new Thread[seen.length];
    for (int i = 0; i < readers.length; i++) {
      int mine = i;
      readers[i] =
          fork.thread(
              () -> {
                seen[mine] += shared.get();
                shared.set(mine + 1);
                seen[mine] += shared.get();
              });
      readers[i].start();
    }
    for (Thread reader : readers) {
      reader.join();
    }
    if (seen[0] < 1 || seen[1] < 1 || seen[2] < 1 || seen[0] + seen[1] + seen[2] > 18) {
      throw new AssertionError(seen[0]);
    }
  }

  private static final class Squares {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Integer, Integer> known = new HashMap<>();

    int of(int number) {
      lock.readLock().lock();
      try {
        Integer square = known.get(number);
        if (square != null) {
          return square;
        }
      } finally {
        lock.readLock().unlock();
      }
      lock.writeLock().lock();
      try {
        return known.computeIfAbsent(number, key -> key * key);
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  @RaceFree(WRITE_THEN_READ)
  static void cacheFilledUnderTheWriteLock(Fork fork) throws InterruptedException {
    Squares squares = new Squares();
    int[] sums = new int[2];
    TwoThreads.together(
        fork,
        () -> sums[0] = squares.of(2) + squares.of(3) + squares.of(2),
        () -> sums[1] = squares.of(3) + squares.of(2) + squares.of(3));
    expect(17, sums[0]);
    expect(22, sums[1]);
  }

  @RaceFree("ReentrantReadWriteLock: downgrading by taking the read lock before unlocking")
  static void downgraded(Fork fork) throws InterruptedException {
    ReadWriteLocks shared = new ReadWriteLocks();
    int[] seen = new int[2];
    TwoThreads.together(
        fork,
        () -> seen[0] = shared.setAndGetDowngraded(5),
        () -> seen[1] = shared.setAndGetDowngraded(6));
    expect(11, seen[0] + seen[1]);
  }

  private int setAndGetDowngraded(int next) {
    lock.writeLock().lock();
    try {
      value = next;
      lock.readLock().lock();
    } finally {
      lock.writeLock().unlock();
    }
    try {
      return value;
    } finally {
      lock.readLock().unlock();
    }
  }

  @Racy
  static void writeAfterTheDowngrade(Fork fork) throws InterruptedException {
    ReadWriteLocks shared = new ReadWriteLocks();
    Unseen downgraded = new Unseen();
    Unseen read = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          shared.lock.writeLock().lock();
          shared.lock.readLock().lock();
          shared.lock.writeLock().unlock();
          downgraded.reached();
          read.await();
          shared.value = 4; // race: writeAfterTheDowngrade
          shared.lock.readLock().unlock();
        },
        () -> {
          downgraded.await();
          shared.seen = shared.get();
          read.reached();
        });
  }

  @Racy
  static void lockOfAnotherPair(Fork fork) throws InterruptedException {
    ReadWriteLocks shared = new ReadWriteLocks();
    ReadWriteLock other = new ReentrantReadWriteLock();
    TwoThreads.together(
        fork,
        () -> {
          shared.lock.writeLock().lock();
          shared.value = 5; // race: lockOfAnotherPair
          shared.lock.writeLock().unlock();
        },
        () -> {
          other.readLock().lock();
          shared.seen = shared.value; // race: lockOfAnotherPair
          other.readLock().unlock();
        });
  }
}
