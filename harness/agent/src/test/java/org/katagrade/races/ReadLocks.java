package org.katagrade.races;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Two threads that have the read lock of a {@link ReentrantReadWriteLock} at once. */
final class ReadLocks {

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
      return value; // race: writeUnderTheReadLock
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
  static void twoReadersInside(Fork fork) throws InterruptedException {
    ReadLocks shared = new ReadLocks();
    shared.set(7);
    int[] seen = new int[2];
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    TwoThreads.together(
        fork,
        () -> shared.readTogether(seen, 0, one, other),
        () -> shared.readTogether(seen, 1, other, one));
    expect(14, seen[0] + seen[1]);
  }

  private void readTogether(int[] seen, int index, Unseen here, Unseen there) {
    lock.readLock().lock();
    try {
      here.reached();
      there.await();
      seen[index] = value;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Runs both while both have the read lock. */
  private void underTheReadLockOfBoth(Fork fork, Runnable one, Runnable other)
      throws InterruptedException {
    Unseen firstIn = new Unseen();
    Unseen secondIn = new Unseen();
    Unseen firstDone = new Unseen();
    Unseen secondDone = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          lock.readLock().lock();
          firstIn.reached();
          secondIn.await();
          one.run();
          firstDone.reached();
          secondDone.await();
          lock.readLock().unlock();
        },
        () -> {
          lock.readLock().lock();
          secondIn.reached();
          firstIn.await();
          firstDone.await();
          other.run();
          secondDone.reached();
          lock.readLock().unlock();
        });
  }

  @Racy
  static void writeUnderTheReadLock(Fork fork) throws InterruptedException {
    ReadLocks shared = new ReadLocks();
    shared.underTheReadLockOfBoth(
        fork,
        () -> shared.value = 3, // race: writeUnderTheReadLock
        () -> shared.seen = shared.get());
  }

  @Racy
  static void accessOrderedGetUnderTheReadLock(Fork fork) throws InterruptedException {
    ReadLocks shared = new ReadLocks();
    Map<String, Integer> recent = new LinkedHashMap<>(16, 0.75f, true);
    recent.put("one", 1);
    recent.put("two", 2);
    int[] seen = new int[2];
    shared.underTheReadLockOfBoth(
        fork,
        () -> seen[0] = recent.get("one"), // race: accessOrderedGetUnderTheReadLock
        () -> seen[1] = recent.get("two")); // race: accessOrderedGetUnderTheReadLock
  }

  @RaceFree("LinkedHashMap: in insertion order a get modifies nothing")
  static void getUnderTheReadLock(Fork fork) throws InterruptedException {
    ReadLocks shared = new ReadLocks();
    Map<String, Integer> numbers = new LinkedHashMap<>();
    numbers.put("one", 1);
    numbers.put("two", 2);
    int[] seen = new int[2];
    shared.underTheReadLockOfBoth(
        fork, () -> seen[0] = numbers.get("one"), () -> seen[1] = numbers.get("two"));
    expect(3, seen[0] + seen[1]);
  }
}
