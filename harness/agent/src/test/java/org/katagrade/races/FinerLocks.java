package org.katagrade.races;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Several {@link Lock}s for the parts of one structure. */
final class FinerLocks {

  private static final String UNLOCK =
      "Lock: unlocking has the effects of an Unlock action, locking those of a Lock action";

  private FinerLocks() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static final class Counts {
    private static final int STRIPES = 3;

    private final int[] buckets = new int[8];
    private final Lock[] locks = new Lock[STRIPES];

    Counts() {
      for (int i = 0; i < locks.length; i++) {
        locks[i] = new ReentrantLock();
      }
    }

    private int bucket(int key) {
      return key % buckets.length;
    }

    void count(int key) {
      Lock lock = locks[bucket(key) % STRIPES];
      lock.lock();
      try {
        buckets[bucket(key)]++;
      } finally {
        lock.unlock();
      }
    }

    void countUnderTheKeysLock(int key) {
      Lock lock = locks[key % STRIPES];
      lock.lock();
      try {
        buckets[bucket(key)]++; // race: lockChosenByTheKeyInsteadOfTheBucket
      } finally {
        lock.unlock();
      }
    }

    int sumUnderAllLocks(int stripe) {
      if (stripe < STRIPES) {
        locks[stripe].lock();
        try {
          return sumUnderAllLocks(stripe + 1);
        } finally {
          locks[stripe].unlock();
        }
      }
      int sum = 0;
      for (int bucket : buckets) {
        sum += bucket;
      }
      return sum;
    }
  }

  @RaceFree(UNLOCK)
  static void lockPerStripe(Fork fork) throws InterruptedException {
    Counts counts = new Counts();
    Runnable count =
        () -> {
          for (int key = 0; key < 20; key++) {
            counts.count(key);
          }
          if (counts.sumUnderAllLocks(0) < 20) {
            throw new AssertionError("lost");
          }
        };
    TwoThreads.together(fork, count, count);
    expect(40, counts.sumUnderAllLocks(0));
  }

  @Racy
  static void lockChosenByTheKeyInsteadOfTheBucket(Fork fork) throws InterruptedException {
    Counts counts = new Counts();
    // Of the same bucket, but with different locks.
    TwoThreads.together(
        fork, () -> counts.countUnderTheKeysLock(1), () -> counts.countUnderTheKeysLock(9));
  }

  private static final class Account {
    private final Lock lock = new ReentrantLock();
    private final int number;
    private int balance = 100;

    Account(int number) {
      this.number = number;
    }

    void transferInOrder(Account to, int amount) {
      Account first = number < to.number ? this : to;
      Account second = first == this ? to : this;
      first.lock.lock();
      try {
        second.lock.lock();
        try {
          balance -= amount;
          to.balance += amount;
        } finally {
          second.lock.unlock();
        }
      } finally {
        first.lock.unlock();
      }
    }

    boolean transferIfFree(Account to, int amount) {
      if (lock.tryLock()) {
        try {
          if (to.lock.tryLock()) {
            try {
              balance -= amount;
              to.balance += amount;
              return true;
            } finally {
              to.lock.unlock();
            }
          }
        } finally {
          lock.unlock();
        }
      }
      return false;
    }

    void transferUnderItsOwnLock(Account to, int amount) {
      lock.lock();
      try {
        balance -= amount;
        to.balance += amount; // race: receiverNotLocked
      } finally {
        lock.unlock();
      }
    }
  }

  @RaceFree(UNLOCK)
  static void bothAccountsInOrder(Fork fork) throws InterruptedException {
    Account one = new Account(1);
    Account other = new Account(2);
    TwoThreads.together(
        fork, () -> one.transferInOrder(other, 10), () -> other.transferInOrder(one, 25));
    expect(115, one.balance);
    expect(85, other.balance);
  }

  @RaceFree(UNLOCK)
  static void bothAccountsIfTheyAreFree(Fork fork) throws InterruptedException {
    Account one = new Account(1);
    Account other = new Account(2);
    TwoThreads.together(
        fork,
        () -> {
          while (!one.transferIfFree(other, 10)) {
            Thread.yield();
          }
        },
        () -> {
          while (!other.transferIfFree(one, 25)) {
            Thread.yield();
          }
        });
    expect(115, one.balance);
    expect(85, other.balance);
  }

  @Racy
  static void receiverNotLocked(Fork fork) throws InterruptedException {
    Account one = new Account(1);
    Account other = new Account(2);
    Account receiver = new Account(3);
    TwoThreads.together(
        fork,
        () -> one.transferUnderItsOwnLock(receiver, 10),
        () -> other.transferUnderItsOwnLock(receiver, 25));
  }

  @RaceFree("ConcurrentMap.computeIfAbsent: atomic, so that there is one lock for each name; Lock")
  static void lockPerName(Fork fork) throws InterruptedException {
    ConcurrentMap<String, Lock> locks = new ConcurrentHashMap<>();
    int[] counts = new int[2];
    Runnable count =
        () -> {
          for (int i = 0; i < 10; i++) {
            Lock lock = locks.computeIfAbsent("name " + i % 2, name -> new ReentrantLock());
            lock.lock();
            counts[i % 2]++;
            lock.unlock();
          }
        };
    TwoThreads.together(fork, count, count);
    expect(10, counts[0]);
    expect(10, counts[1]);
  }
}
