package org.katagrade.explored;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.StampedLock;
import org.katagrade.agent.explore.Ending.Deadlock;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code StampedLock}: stamps that were not validated, and a lock that is not reentrant. */
final class StampedLocks {

  private StampedLocks() {}

  /** Two numbers that are always the same. */
  private static final class Pair {
    private final StampedLock lock = new StampedLock();
    private volatile int one;
    private volatile int other;

    void move() {
      long stamp = lock.writeLock();
      try {
        one++;
        other++;
      } finally {
        lock.unlockWrite(stamp);
      }
    }

    int difference(boolean validated) {
      long stamp = lock.tryOptimisticRead();
      int difference = one - other;
      if (validated && !lock.validate(stamp)) {
        stamp = lock.readLock();
        try {
          difference = one - other;
        } finally {
          lock.unlockRead(stamp);
        }
      }
      return difference;
    }
  }

  @Sound("reads again under the lock if somebody wrote")
  static void validates(Fork fork) throws InterruptedException {
    Pair pair = new Pair();
    Crew.run(fork, pair::move, () -> Crew.expectEqual(0, pair.difference(true)));
  }

  @Broken(Wrong.class)
  static void doesNotValidate(Fork fork) throws InterruptedException {
    Pair pair = new Pair();
    Crew.run(fork, pair::move, () -> Crew.expectEqual(0, pair.difference(false)));
  }

  @Broken({Deadlock.class, LostWakeup.class})
  static void locksTwice(Fork fork) throws InterruptedException {
    Pair pair = new Pair();
    Crew.run(
        fork,
        () -> {
          long stamp = pair.lock.writeLock();
          pair.move();
          pair.lock.unlockWrite(stamp);
        });
  }

  @Broken({Deadlock.class, LostWakeup.class})
  static void locksTwiceByItsView(Fork fork) throws InterruptedException {
    Lock lock = new StampedLock().asWriteLock();
    Crew.run(
        fork,
        () -> {
          lock.lock();
          lock.lock();
        });
  }

  @Sound("waits for the write lock if its read lock cannot become one")
  static void convertsOrWaits(Fork fork) throws InterruptedException {
    Pair pair = new Pair();
    Crew.run(fork, 2, () -> convert(pair, true));
    Crew.expectEqual(2, pair.one);
  }

  @Broken(Wrong.class)
  static void convertsBlindly(Fork fork) throws InterruptedException {
    Pair pair = new Pair();
    Crew.run(fork, 2, () -> convert(pair, false));
  }

  private static void convert(Pair pair, boolean asking) {
    long stamp = pair.lock.readLock();
    long write = pair.lock.tryConvertToWriteLock(stamp);
    if (write == 0 && asking) {
      pair.lock.unlockRead(stamp);
      write = pair.lock.writeLock();
    }
    pair.one = pair.one + 1;
    pair.lock.unlockWrite(write);
  }

  @Broken({Deadlock.class, LostWakeup.class})
  static void oppositeOrder(Fork fork) throws InterruptedException {
    StampedLock one = new StampedLock();
    StampedLock two = new StampedLock();
    Crew.run(fork, () -> both(one, two), () -> both(two, one));
  }

  @Sound("both take them in the same order")
  static void sameOrder(Fork fork) throws InterruptedException {
    StampedLock one = new StampedLock();
    StampedLock two = new StampedLock();
    Crew.run(fork, 2, () -> both(one, two));
  }

  private static void both(StampedLock first, StampedLock second) {
    long outer = first.writeLock();
    long inner = second.writeLock();
    second.unlockWrite(inner);
    first.unlockWrite(outer);
  }
}
