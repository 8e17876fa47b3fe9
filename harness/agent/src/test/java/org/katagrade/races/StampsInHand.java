package org.katagrade.races;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link StampedLock}: its methods that try, and the less known ways to give it back. */
final class StampsInHand {

  private static final String STAMPED =
      "StampedLock: successfully locking and unlocking have the effects of Lock and Unlock actions";

  private final StampedLock lock = new StampedLock();
  private int x;
  private int y;
  private int seen;

  private StampsInHand() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private void twice(Fork fork, Runnable move) throws InterruptedException {
    Runnable moves =
        () -> {
          for (int i = 0; i < 10; i++) {
            move.run();
          }
        };
    TwoThreads.together(fork, moves, moves);
    expect(20, x);
    expect(-20, y);
  }

  private void move() {
    x++;
    y--;
  }

  @RaceFree(STAMPED)
  static void triedAndUnlockedByTheStamp(Fork fork) throws InterruptedException {
    StampsInHand point = new StampsInHand();
    point.twice(
        fork,
        () -> {
          long stamp = point.lock.tryWriteLock();
          while (stamp == 0) {
            Thread.yield();
            stamp = point.lock.tryWriteLock();
          }
          try {
            point.move();
          } finally {
            point.lock.unlock(stamp);
          }
        });
  }

  @RaceFree(STAMPED)
  static void givenBackToLookOptimistically(Fork fork) throws InterruptedException {
    StampsInHand point = new StampsInHand();
    point.twice(
        fork,
        () -> {
          long stamp = point.lock.writeLock();
          point.move();
          int moved = point.x;
          long look = point.lock.tryConvertToOptimisticRead(stamp);
          int seen = point.x;
          if (point.lock.validate(look)) {
            expect(moved, seen);
          }
        });
  }

  @RaceFree(STAMPED)
  static void recoveredAfterAnError(Fork fork) throws InterruptedException {
    StampsInHand point = new StampsInHand();
    point.twice(
        fork,
        Checked.task(
            () -> {
              if (point.lock.tryWriteLock(30, TimeUnit.SECONDS) == 0) {
                throw new AssertionError("timed out");
              }
              point.move();
              // Without the stamp, as for recovery.
              if (!point.lock.tryUnlockWrite()) {
                throw new AssertionError("not held");
              }
            }));
  }

  @RaceFree(STAMPED + "; asReadWriteLock: its locks are the modes of this one")
  static void viewsBesideStamps(Fork fork) throws InterruptedException {
    StampsInHand point = new StampsInHand();
    ReadWriteLock view = point.lock.asReadWriteLock();
    point.twice(
        fork,
        () -> {
          view.writeLock().lock();
          point.move();
          view.writeLock().unlock();
          long stamp = point.lock.readLock();
          expect(0, point.x + point.y);
          if (!point.lock.tryUnlockRead()) {
            throw new AssertionError(stamp);
          }
        });
  }

  @RaceFree("StampedLock: the Javadoc's Point.distanceFromOrigin and moveIfAtOrigin")
  static void pointOfTheJavadoc(Fork fork) throws InterruptedException {
    StampsInHand point = new StampsInHand();
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 0; i < 10; i++) {
            point.moveIfAtOrigin();
            long stamp = point.lock.writeLock();
            point.move();
            point.lock.unlockWrite(stamp);
          }
        },
        () -> {
          for (int i = 0; i < 10; i++) {
            expect(0, point.sum());
          }
        });
    expect(11, point.x);
  }

  private int sum() {
    long stamp = lock.tryOptimisticRead();
    try {
      for (; ; stamp = lock.readLock()) {
        if (stamp == 0L) {
          continue;
        }
        int currentX = x;
        int currentY = y;
        if (!lock.validate(stamp)) {
          continue;
        }
        return currentX + currentY;
      }
    } finally {
      if (StampedLock.isReadLockStamp(stamp)) {
        lock.unlockRead(stamp);
      }
    }
  }

  private void moveIfAtOrigin() {
    long stamp = lock.readLock();
    try {
      while (x == 0 && y == 0) {
        long converted = lock.tryConvertToWriteLock(stamp);
        if (converted != 0L) {
          stamp = converted;
          move();
          break;
        }
        lock.unlockRead(stamp);
        stamp = lock.writeLock();
      }
    } finally {
      lock.unlock(stamp);
    }
  }

  @Racy
  static void writtenAfterTheDowngrade(Fork fork) throws InterruptedException {
    StampsInHand point = new StampsInHand();
    Unseen downgraded = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          long stamp = point.lock.tryConvertToReadLock(point.lock.writeLock());
          downgraded.reached();
          point.x = 5; // race: writtenAfterTheDowngrade
          point.lock.unlockRead(stamp);
        },
        () -> {
          downgraded.await();
          long stamp = point.lock.readLock();
          point.seen = point.x; // race: writtenAfterTheDowngrade
          point.lock.unlockRead(stamp);
        });
  }

  @Racy
  static void failureToLockIgnored(Fork fork) throws InterruptedException {
    StampsInHand point = new StampsInHand();
    Unseen held = new Unseen();
    Unseen over = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          long stamp = point.lock.writeLock();
          held.reached();
          over.await();
          point.x++; // race: failureToLockIgnored
          point.lock.unlockWrite(stamp);
        },
        () -> {
          held.await();
          long stamp = point.lock.tryWriteLock();
          point.x = 5; // race: failureToLockIgnored
          if (stamp != 0) {
            point.lock.unlockWrite(stamp);
          }
          over.reached();
        });
  }
}
