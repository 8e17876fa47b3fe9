package org.katagrade.races;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link StampedLock}: a point whose coordinates are always equal. */
final class StampedLocks {

  private static final String LOCKED =
      "StampedLock: locking in any mode and unlocking in write mode act as a monitor's (JLS 17)";
  private static final String VALIDATED =
      "StampedLock: the last write unlock happens before the reads after tryOptimisticRead if a"
          + " later validate returns true; fields are read into local variables, used after that";

  private final StampedLock lock = new StampedLock();
  private int x;
  private int y;
  private int seen;

  private void move(int distance) {
    long stamp = lock.writeLock();
    try {
      x += distance;
      y += distance;
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private int sumLocked() {
    long stamp = lock.readLock();
    try {
      return x + y;
    } finally {
      lock.unlockRead(stamp);
    }
  }

  private int sumOptimistic() {
    long stamp = lock.tryOptimisticRead();
    if (stamp != 0) {
      int currentX = x;
      int currentY = y;
      if (lock.validate(stamp)) {
        return currentX + currentY;
      }
    }
    return sumLocked();
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private void movedWhile(Fork fork, Runnable reader) throws InterruptedException {
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 0; i < 20; i++) {
            move(1);
          }
        },
        () -> {
          for (int i = 0; i < 20; i++) {
            reader.run();
          }
        });
    expect(40, x + y);
    expect(0, seen % 2);
  }

  @RaceFree(LOCKED)
  static void readAndWritten(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    point.movedWhile(fork, () -> point.seen = point.sumLocked());
  }

  @RaceFree(VALIDATED)
  static void readOptimistically(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    point.movedWhile(fork, () -> point.seen = point.sumOptimistic());
  }

  @RaceFree(VALIDATED)
  static void movedBetweenReadAndValidate(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    Unseen read = new Unseen();
    Unseen moved = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          long stamp = point.lock.tryOptimisticRead();
          int currentX = point.x;
          int currentY = point.y;
          read.reached();
          moved.await();
          point.seen = point.lock.validate(stamp) ? currentX + currentY + 100 : point.sumLocked();
        },
        () -> {
          read.await();
          point.move(3);
          moved.reached();
        });
    expect(6, point.seen);
  }

  @Racy
  static void readWithoutValidate(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    point.besideAWriter(
        fork,
        () -> {
          long unused = point.lock.tryOptimisticRead();
          point.seen = point.x; // race: readWithoutValidate
        });
  }

  @Racy
  static void validateIgnored(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    point.besideAWriter(
        fork,
        () -> {
          long stamp = point.lock.tryOptimisticRead();
          point.seen = point.x; // race: validateIgnored
          boolean unused = point.lock.validate(stamp);
        });
  }

  @Racy
  static void timedReadLockIgnored(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    point.besideAWriter(
        fork,
        Checked.task(
            () -> {
              long stamp = point.lock.tryReadLock(1, TimeUnit.MILLISECONDS);
              point.seen = point.x; // race: timedReadLockIgnored
              if (stamp != 0) {
                point.lock.unlockRead(stamp);
              }
            }));
  }

  /** Runs the other task while a thread that has written still has the write lock. */
  private void besideAWriter(Fork fork, Runnable other) throws InterruptedException {
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          long stamp = lock.writeLock();
          x = 5; // race: readWithoutValidate, validateIgnored, timedReadLockIgnored
          written.reached();
          over.await();
          lock.unlockWrite(stamp);
        },
        () -> {
          written.await();
          other.run();
          over.reached();
        });
  }

  private void moveIfAt(int place, int distance) {
    long stamp = lock.readLock();
    try {
      while (x == place) {
        long converted = lock.tryConvertToWriteLock(stamp);
        if (converted != 0) {
          stamp = converted;
          x += distance;
          y += distance;
          return;
        }
        lock.unlockRead(stamp);
        stamp = lock.writeLock();
      }
    } finally {
      lock.unlock(stamp);
    }
  }

  @RaceFree(LOCKED)
  static void convertedToTheWriteLock(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    TwoThreads.together(fork, () -> point.moveIfAt(0, 4), () -> point.moveIfAt(0, 4));
    expect(8, point.x + point.y);
  }

  @RaceFree(LOCKED)
  static void convertedToTheReadLock(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    Runnable move =
        () -> {
          long stamp = point.lock.writeLock();
          point.x++;
          point.y++;
          stamp = point.lock.tryConvertToReadLock(stamp);
          int sum = point.x + point.y;
          point.lock.unlockRead(stamp);
          if (sum < 2) {
            throw new IllegalStateException("saw " + sum);
          }
        };
    TwoThreads.together(fork, move, move);
    expect(4, point.x + point.y);
  }

  @Racy
  static void conversionIgnored(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    TwoThreads.together(
        fork, () -> point.convertAndWrite(one, other), () -> point.convertAndWrite(other, one));
  }

  private void convertAndWrite(Unseen here, Unseen there) {
    long stamp = lock.readLock();
    here.reached();
    there.await();
    // With two readers this fails; neither of them unlocks.
    long converted = lock.tryConvertToWriteLock(stamp);
    x++; // race: conversionIgnored
    if (converted != 0) {
      lock.unlockWrite(converted);
    }
  }

  @RaceFree(LOCKED)
  static void viewsAsLocks(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    Lock write = point.lock.asWriteLock();
    ReadWriteLock both = point.lock.asReadWriteLock();
    TwoThreads.together(
        fork,
        () -> {
          write.lock();
          point.x = 3;
          write.unlock();
          point.move(1);
        },
        () -> {
          both.writeLock().lock();
          point.y += 3;
          both.writeLock().unlock();
          both.readLock().lock();
          point.seen = point.x;
          both.readLock().unlock();
        });
    expect(8, point.x + point.y);
    if (point.seen != 0 && point.seen != 3 && point.seen != 4) {
      throw new AssertionError(point.seen);
    }
  }

  @RaceFree("StampedLock: no ownership, a lock taken in one thread can be released in another")
  static void unlockedByAnother(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    long stamp = point.lock.writeLock();
    point.x = 1;
    Thread unlocker =
        fork.thread(
            () -> {
              point.x++;
              point.lock.unlock(stamp);
            });
    unlocker.start();
    point.move(1);
    int seen = point.sumOptimistic();
    unlocker.join();
    expect(4, seen);
  }
}
