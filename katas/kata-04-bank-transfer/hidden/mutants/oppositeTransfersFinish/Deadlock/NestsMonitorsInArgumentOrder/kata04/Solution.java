package kata04;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A bank. */
public final class Solution implements Bank {

  private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();

  private final List<Account> opened = new ArrayList<>();

  public Solution() {}

  @Override
  public void open(String account, long cents) {
    Objects.requireNonNull(account, "account");
    requireAmount(cents);
    synchronized (opened) {
      Account added = new Account(cents);
      if (accounts.putIfAbsent(account, added) != null) {
        throw new IllegalArgumentException("already open: " + account);
      }
      opened.add(added);
    }
  }

  @Override
  public void deposit(String account, long cents) {
    requireAmount(cents);
    Account target = find(account);
    synchronized (target) {
      target.cents = Math.addExact(target.cents, cents);
    }
  }

  @Override
  public boolean withdraw(String account, long cents) {
    requireAmount(cents);
    Account source = find(account);
    synchronized (source) {
      if (source.cents < cents) {
        return false;
      }
      source.cents -= cents;
      return true;
    }
  }

  @Override
  public boolean transfer(String from, String to, long cents, Runnable audit) {
    Objects.requireNonNull(audit, "audit");
    requireAmount(cents);
    Account source = find(from);
    Account target = find(to);
    synchronized (source) {
      synchronized (target) {
        return move(source, target, cents, audit);
      }
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
    synchronized (asked) {
      return asked.cents;
    }
  }

  @Override
  public long total() {
    synchronized (opened) {
      return totalFrom(opened.iterator());
    }
  }

  private static long totalFrom(Iterator<Account> rest) {
    if (!rest.hasNext()) {
      return 0;
    }
    Account account = rest.next();
    synchronized (account) {
      return Math.addExact(account.cents, totalFrom(rest));
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

    Account(long cents) {
      this.cents = cents;
    }
  }
}
