package kata04;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;

/** A bank. */
public final class Solution implements Bank {

  private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();

  private final ReentrantLock openings = new ReentrantLock();

  private final List<Account> opened = new ArrayList<>();

  public Solution() {}

  @Override
  public void open(String account, long cents) {
    Objects.requireNonNull(account, "account");
    requireAmount(cents);
    openings.lock();
    try {
      Account added = new Account(opened.size(), cents);
      if (accounts.putIfAbsent(account, added) != null) {
        throw new IllegalArgumentException("already open: " + account);
      }
      opened.add(added);
    } finally {
      openings.unlock();
    }
  }

  @Override
  public void deposit(String account, long cents) {
    requireAmount(cents);
    Account target = find(account);
    target.lock.lock();
    try {
      target.cents = Math.addExact(target.cents, cents);
    } finally {
      target.lock.unlock();
    }
  }

  @Override
  public boolean withdraw(String account, long cents) {
    requireAmount(cents);
    Account source = find(account);
    source.lock.lock();
    try {
      if (source.cents < cents) {
        return false;
      }
      source.cents -= cents;
      return true;
    } finally {
      source.lock.unlock();
    }
  }

  @Override
  public boolean transfer(String from, String to, long cents, Runnable audit) {
    Objects.requireNonNull(audit, "audit");
    requireAmount(cents);
    Account source = find(from);
    Account target = find(to);
    boolean sourceFirst = source.number <= target.number;
    Account first = sourceFirst ? source : target;
    Account second = sourceFirst ? target : source;
    first.lock.lock();
    try {
      second.lock.lock();
      try {
        return move(source, target, cents, audit);
      } finally {
        second.lock.unlock();
      }
    } finally {
      first.lock.unlock();
    }
  }

  private static boolean move(Account source, Account target, long cents, Runnable audit) {
    if (source.cents < cents) {
      return false;
    }
    if (source == target) {
      audit.run();
      return true;
    }
    long credited = Math.addExact(target.cents, cents);
    audit.run();
    source.cents -= cents;
    target.cents = credited;
    return true;
  }

  @Override
  public long balance(String account) {
    Account asked = find(account);
    asked.lock.lock();
    try {
      return asked.cents;
    } finally {
      asked.lock.unlock();
    }
  }

  @Override
  public long total() {
    Deque<Account> held = new ArrayDeque<>();
    openings.lock();
    try {
      long sum = 0;
      for (Account account : opened) {
        account.lock.lock();
        held.push(account);
        sum = Math.addExact(sum, account.cents);
      }
      return sum;
    } finally {
      held.forEach(account -> account.lock.unlock());
      openings.unlock();
    }
  }

  private Account find(String name) {
    Account account = accounts.get(Objects.requireNonNull(name, "account"));
    if (account == null) {
      throw new IllegalArgumentException("no such account: " + name);
    }
    return account;
  }

  private static void requireAmount(long cents) {
    if (cents < 0) {
      throw new IllegalArgumentException("negative amount: " + cents);
    }
  }

  private static final class Account {

    final int number;
    final Lock lock = new StampedLock().asWriteLock();
    long cents;

    Account(int number, long cents) {
      this.number = number;
      this.cents = cents;
    }
  }
}
