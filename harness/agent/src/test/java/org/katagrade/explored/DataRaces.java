package org.katagrade.explored;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.katagrade.agent.explore.Ending.Raced;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Programs whose only fault is a data race: under sequential consistency all is well. */
final class DataRaces {

  private DataRaces() {}

  private int value;
  private volatile int version;

  synchronized void increment() {
    value++;
  }

  int unlocked() {
    return value;
  }

  synchronized int locked() {
    return value;
  }

  @Sound("reads under the monitor")
  static void locksToRead(Fork fork) throws InterruptedException {
    DataRaces count = new DataRaces();
    Crew.run(fork, count::increment, () -> Crew.expect(count.locked() < 2, "at most one"));
  }

  @Broken(Raced.class)
  static void readsUnlocked(Fork fork) throws InterruptedException {
    DataRaces count = new DataRaces();
    Crew.run(fork, count::increment, () -> Crew.expect(count.unlocked() < 2, "at most one"));
  }

  @Sound("the volatile field is written last and read first")
  static void publishedByAVolatile(Fork fork) throws InterruptedException {
    DataRaces shared = new DataRaces();
    Crew.run(
        fork,
        () -> {
          shared.value = 7;
          shared.version = 1;
        },
        () -> {
          if (shared.version == 1) {
            Crew.expectEqual(7, shared.value);
          }
        });
  }

  @Broken(Raced.class)
  static void publishedByAPlainFlag(Fork fork) throws InterruptedException {
    boolean[] ready = new boolean[1];
    DataRaces shared = new DataRaces();
    Crew.run(
        fork,
        () -> {
          shared.version = 7;
          ready[0] = true;
        },
        () -> {
          if (ready[0]) {
            Crew.expectEqual(7, shared.version);
          }
        });
  }

  @Broken(Raced.class)
  static void bothWriteTheSame(Fork fork) throws InterruptedException {
    DataRaces shared = new DataRaces();
    Crew.run(fork, 2, () -> shared.value = 7);
    Crew.expectEqual(7, shared.value);
  }

  @Broken(Raced.class)
  static void latchIsAskedButNotAwaited(Fork fork) throws InterruptedException {
    DataRaces shared = new DataRaces();
    CountDownLatch done = new CountDownLatch(1);
    Crew.run(
        fork,
        () -> {
          shared.value = 7;
          done.countDown();
        },
        () -> {
          if (done.getCount() == 0) {
            Crew.expectEqual(7, shared.value);
          }
        });
  }

  @Sound("awaited before it is read")
  static void latchIsAwaited(Fork fork) throws InterruptedException {
    DataRaces shared = new DataRaces();
    CountDownLatch done = new CountDownLatch(1);
    Crew.run(
        fork,
        () -> {
          shared.value = 7;
          done.countDown();
        },
        () -> {
          done.await();
          Crew.expectEqual(7, shared.value);
        });
  }

  @Broken(Raced.class)
  static void cachedHashCode(Fork fork) throws InterruptedException {
    DataRaces shared = new DataRaces();
    Crew.run(
        fork,
        2,
        () -> {
          int seen = shared.value;
          if (seen == 0) {
            seen = 42;
            shared.value = seen;
          }
          Crew.expectEqual(42, seen);
        });
  }

  @Broken(Raced.class)
  static void readLockToWrite(Fork fork) throws InterruptedException {
    ReadWriteLock lock = new ReentrantReadWriteLock();
    DataRaces shared = new DataRaces();
    Crew.run(
        fork,
        2,
        () -> {
          lock.readLock().lock();
          shared.value = 7;
          lock.readLock().unlock();
        });
  }

  @Sound("what is read while somebody writes is thrown away")
  static void validatesWhatItReads(Fork fork) throws InterruptedException {
    StampedLock lock = new StampedLock();
    DataRaces shared = new DataRaces();
    Crew.run(
        fork,
        () -> incrementUnder(lock, shared),
        () -> {
          long stamp = lock.tryOptimisticRead();
          int seen = shared.value;
          if (!lock.validate(stamp)) {
            stamp = lock.readLock();
            seen = shared.value;
            lock.unlockRead(stamp);
          }
          Crew.expect(seen < 2, "at most one");
        });
  }

  @Broken(Raced.class)
  static void neverValidatesWhatItReads(Fork fork) throws InterruptedException {
    StampedLock lock = new StampedLock();
    DataRaces shared = new DataRaces();
    Crew.run(
        fork,
        () -> incrementUnder(lock, shared),
        () -> {
          long unused = lock.tryOptimisticRead();
          Crew.expect(shared.value < 2, "at most one");
        });
  }

  private static void incrementUnder(StampedLock lock, DataRaces shared) {
    long stamp = lock.writeLock();
    shared.value++;
    lock.unlockWrite(stamp);
  }
}
