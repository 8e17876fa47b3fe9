package org.katagrade.races;

import java.util.concurrent.TimeUnit;
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
  static void locksAnotherInstead(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    StampedLocks other = new StampedLocks();
    point.besideAWriter(
        fork,
        () -> {
          long stamp = point.lock.tryOptimisticRead();
          int currentX = point.x; // race: locksAnotherInstead
          point.seen = other.lock.validate(stamp) ? currentX : other.sumLocked() + currentX;
        });
  }

  @RaceFree(VALIDATED)
  static void readWhileSomebodyWrites(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    point.besideAWriter(
        fork,
        () -> {
          long stamp = point.lock.tryOptimisticRead();
          int currentX = point.x;
          int currentY = point.y;
          point.seen = point.lock.validate(stamp) ? currentX + currentY : -1;
        });
    expect(-1, point.seen);
  }

  @RaceFree(VALIDATED)
  static void readWhileSomebodyWritesThenLocked(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    point.besideAWriter(
        fork,
        () -> {
          long stamp = point.lock.tryOptimisticRead();
          int currentX = point.x;
          if (stamp != 0 && point.lock.validate(stamp)) {
            point.seen = currentX;
          }
        },
        () -> point.seen = point.sumLocked());
    expect(5, point.seen);
  }

  @RaceFree(VALIDATED)
  static void readAnewWhileSomebodyWrites(Fork fork) throws InterruptedException {
    StampedLocks point = new StampedLocks();
    point.besideAWriter(
        fork,
        () -> {
          int currentX = 0;
          long stamp = 0;
          for (int tries = 0; stamp == 0 && tries < 3; tries++) {
            stamp = point.lock.tryOptimisticRead();
            currentX = point.x;
          }
          point.seen = point.lock.validate(stamp) ? currentX : -1;
        });
    expect(-1, point.seen);
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
    besideAWriter(fork, other, () -> {});
  }

  /** As above, and in the same thread then one that waits for the lock. */
  private void besideAWriter(Fork fork, Runnable other, Runnable then) throws InterruptedException {
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          long stamp = lock.writeLock();
          x = 5; // race: readWithoutValidate, locksAnotherInstead, timedReadLockIgnored
          written.reached();
          over.await();
          lock.unlockWrite(stamp);
        },
        () -> {
          written.await();
          other.run();
          over.reached();
          then.run();
        });
  }
}
