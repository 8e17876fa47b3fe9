package org.katagrade.races;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link StampedLock}: its views as locks of the usual kinds. */
final class ViewsOfStampedLocks {

  private static final String VIEW =
      "StampedLock.asReadLock, asWriteLock: locking is mapped to readLock and writeLock";

  private final StampedLock lock = new StampedLock();
  private int value;
  private int seen;

  private ViewsOfStampedLocks() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private void add(Lock view) {
    view.lock();
    try {
      value++;
    } finally {
      view.unlock();
    }
  }

  @RaceFree(VIEW)
  static void viewsOfTheWriteLock(Fork fork) throws InterruptedException {
    ViewsOfStampedLocks shared = new ViewsOfStampedLocks();
    ReadWriteLock both = shared.lock.asReadWriteLock();
    TwoThreads.together(
        fork, () -> shared.add(shared.lock.asWriteLock()), () -> shared.add(both.writeLock()));
    expect(2, shared.value);
  }

  @RaceFree(VIEW)
  static void writtenByStampAndReadByView(Fork fork) throws InterruptedException {
    ViewsOfStampedLocks shared = new ViewsOfStampedLocks();
    TwoThreads.inTurn(
        fork,
        () -> {
          long stamp = shared.lock.writeLock();
          shared.value = 5;
          shared.lock.unlockWrite(stamp);
        },
        () -> {
          Lock view = shared.lock.asReadLock();
          view.lock();
          shared.seen = shared.value;
          view.unlock();
        });
    expect(5, shared.seen);
  }

  @Racy
  static void writtenUnderTwoReadLocks(Fork fork) throws InterruptedException {
    ViewsOfStampedLocks shared = new ViewsOfStampedLocks();
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    TwoThreads.together(
        fork, () -> shared.addReading(one, other), () -> shared.addReading(other, one));
  }

  private void addReading(Unseen here, Unseen there) {
    Lock view = lock.asReadLock();
    view.lock();
    here.reached();
    there.await();
    value++; // race: writtenUnderTwoReadLocks
    view.unlock();
  }
}
