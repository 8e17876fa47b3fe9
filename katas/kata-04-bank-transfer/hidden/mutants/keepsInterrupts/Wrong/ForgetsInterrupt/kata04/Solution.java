package kata04;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A bank. */
public final class Solution implements Bank {

  private final Map<String, Account> accounts = new TreeMap<>();

  public Solution() {}

  @Override
  public synchronized void open(String account, long cents) {
    Objects.requireNonNull(account, "account");
    requireAmount(cents);
    if (accounts.putIfAbsent(account, new Account(cents)) != null) {
      throw new IllegalArgumentException("already open: " + account);
    }
  }

  @Override
  public synchronized void deposit(String account, long cents) {
    requireAmount(cents);
    Account target = find(account);
    awaitFree(target, target);
    target.cents = Math.addExact(target.cents, cents);
  }

  @Override
  public synchronized boolean withdraw(String account, long cents) {
    requireAmount(cents);
    Account source = find(account);
    awaitFree(source, source);
    if (source.cents < cents) {
      return false;
    }
    source.cents -= cents;
    return true;
  }

  @Override
  public boolean transfer(String from, String to, long cents, Runnable audit) {
    Objects.requireNonNull(audit, "audit");
    requireAmount(cents);
    Account source;
    Account target;
    synchronized (this) {
      source = find(from);
      target = find(to);
      awaitFree(source, target);
      if (source.cents < cents) {
        return false;
      }
      if (source != target) {
        Math.addExact(target.cents, cents);
      }
      source.busy = true;
      target.busy = true;
    }
    boolean passed = false;
    try {
      audit.run();
      passed = true;
    } finally {
      synchronized (this) {
        if (passed) {
          source.cents -= cents;
          target.cents += cents;
        }
        source.busy = false;
        target.busy = false;
        notifyAll();
      }
    }
    return true;
  }

  @Override
  public synchronized long balance(String account) {
    Account asked = find(account);
    awaitFree(asked, asked);
    return asked.cents;
  }

  @Override
  public synchronized long total() {
    while (accounts.values().stream().anyMatch(account -> account.busy)) {
      try {
        wait();
      } catch (InterruptedException e) {
        continue;
      }
    }
    long sum = 0;
    for (Account account : accounts.values()) {
      sum = Math.addExact(sum, account.cents);
    }
    return sum;
  }

  private void awaitFree(Account one, Account other) {
    while (one.busy || other.busy) {
      try {
        wait();
      } catch (InterruptedException e) {
        continue;
      }
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

    long cents;
    boolean busy;

    Account(long cents) {
      this.cents = cents;
    }
  }
}
