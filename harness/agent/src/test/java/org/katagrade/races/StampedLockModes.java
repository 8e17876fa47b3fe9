package org.katagrade.races;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link StampedLock}: conversions, views and unlocking by another. */
final class StampedLockModes {

  private static final String LOCKED =
      "StampedLock: locking in any mode and unlocking in write mode act as a monitor's (JLS 17)";

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
    StampedLockModes point = new StampedLockModes();
    TwoThreads.together(fork, () -> point.moveIfAt(0, 4), () -> point.moveIfAt(0, 4));
    expect(8, point.x + point.y);
  }

  @RaceFree(LOCKED)
  static void convertedToTheReadLock(Fork fork) throws InterruptedException {
    StampedLockModes point = new StampedLockModes();
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
    StampedLockModes point = new StampedLockModes();
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
    StampedLockModes point = new StampedLockModes();
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
    StampedLockModes point = new StampedLockModes();
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
