package org.katagrade.bench;

import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;

/** Money moved between a few accounts by several threads: nothing but locks of both kinds. */
final class Accounts {

  private static final int COUNT = 16;

  private final Account[] accounts = new Account[COUNT];
  private long transfers;

  Accounts() {
    for (int i = 0; i < COUNT; i++) {
      accounts[i] = new Account();
    }
  }

  private static final class Account {

    final ReentrantLock lock = new ReentrantLock();
    long balance;
  }

  /** Makes so many transfers; returns how many were made by all. */
  long transfer(int times, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < times; i++) {
      int from = random.nextInt(COUNT - 1);
      int to = from + 1 + random.nextInt(COUNT - 1 - from);
      transfer(accounts[from], accounts[to]);
    }
    return transfers();
  }

  private void transfer(Account from, Account to) {
    from.lock.lock();
    try {
      to.lock.lock();
      try {
        from.balance--;
        to.balance++;
      } finally {
        to.lock.unlock();
      }
    } finally {
      from.lock.unlock();
    }
    synchronized (this) {
      transfers++;
    }
  }

  private synchronized long transfers() {
    return transfers;
  }
}
