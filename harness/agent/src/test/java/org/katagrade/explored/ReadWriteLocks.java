package org.katagrade.explored;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.katagrade.agent.explore.Ending.Deadlock;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code ReadWriteLock}: upgrades, downgrades, and writing under the wrong one. */
final class ReadWriteLocks {

  private ReadWriteLocks() {}

  /** A value that is computed once. */
  private static final class Cached {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final AtomicInteger computed = new AtomicInteger();
    private int value;

    int upgrading() {
      lock.readLock().lock();
      try {
        if (value == 0) {
          lock.writeLock().lock();
          try {
            value = computed.incrementAndGet();
          } finally {
            lock.writeLock().unlock();
          }
        }
        return value;
      } finally {
        lock.readLock().unlock();
      }
    }

    int askingAgain() {
      return afterReading(true);
    }

    int askingOnce() {
      return afterReading(false);
    }

    private int afterReading(boolean again) {
      lock.readLock().lock();
      int seen = value;
      lock.readLock().unlock();
      if (seen != 0) {
        return seen;
      }
      lock.writeLock().lock();
      try {
        if (!again || value == 0) {
          value = computed.incrementAndGet();
        }
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
  }

  @Broken(Deadlock.class)
  static void upgrades(Fork fork) throws InterruptedException {
    Cached cached = new Cached();
    Crew.run(fork, cached::upgrading);
  }

  @Sound("a read lock is given back before the write lock is taken, and then it asks again")
  static void asksAgain(Fork fork) throws InterruptedException {
    Cached cached = new Cached();
    Crew.run(fork, 2, () -> Crew.expectEqual(1, cached.askingAgain()));
  }

  @Broken(Wrong.class)
  static void asksOnce(Fork fork) throws InterruptedException {
    Cached cached = new Cached();
    Crew.run(fork, 2, () -> Crew.expectEqual(1, cached.askingOnce()));
  }

  @Sound("those that write exclude each other")
  static void writesUnderTheWriteLock(Fork fork) throws InterruptedException {
    ReadWriteLock lock = new ReentrantReadWriteLock();
    AtomicInteger count = new AtomicInteger();
    Crew.run(fork, 2, () -> increment(lock.writeLock(), count));
    Crew.expectEqual(2, count.get());
  }

  @Broken(Wrong.class)
  static void writesUnderTheReadLock(Fork fork) throws InterruptedException {
    ReadWriteLock lock = new ReentrantReadWriteLock();
    AtomicInteger count = new AtomicInteger();
    Crew.run(fork, 2, () -> increment(lock.readLock(), count));
    Crew.expectEqual(2, count.get());
  }

  private static void increment(Lock lock, AtomicInteger count) {
    lock.lock();
    try {
      count.set(count.get() + 1);
    } finally {
      lock.unlock();
    }
  }

  @Sound("readers read together, so both can meet while they hold the lock")
  static void readersMeet(Fork fork) throws InterruptedException {
    ReadWriteLock lock = new ReentrantReadWriteLock();
    CountDownLatch both = new CountDownLatch(2);
    Crew.run(fork, 2, () -> meet(lock.readLock(), both));
  }

  @Broken({Deadlock.class, LostWakeup.class})
  static void writersCannotMeet(Fork fork) throws InterruptedException {
    ReadWriteLock lock = new ReentrantReadWriteLock();
    CountDownLatch both = new CountDownLatch(2);
    Crew.run(fork, 2, () -> meet(lock.writeLock(), both));
  }

  private static void meet(Lock lock, CountDownLatch both) throws InterruptedException {
    lock.lock();
    try {
      both.countDown();
      both.await();
    } finally {
      lock.unlock();
    }
  }

  /** A writer between two read locks of one thread: with a fair lock the second waits for it. */
  @Broken(Deadlock.class)
  static void readsTwiceAroundAWriter(Fork fork) throws InterruptedException {
    ReadWriteLock lock = new ReentrantReadWriteLock(true);
    ReadWriteLock other = new ReentrantReadWriteLock(true);
    Crew.run(
        fork,
        () -> {
          lock.readLock().lock();
          other.readLock().lock();
          other.readLock().unlock();
          lock.readLock().unlock();
        },
        () -> {
          other.readLock().lock();
          lock.readLock().lock();
          lock.readLock().unlock();
          other.readLock().unlock();
        },
        () -> {
          lock.writeLock().lock();
          lock.writeLock().unlock();
        },
        () -> {
          other.writeLock().lock();
          other.writeLock().unlock();
        });
  }
}
