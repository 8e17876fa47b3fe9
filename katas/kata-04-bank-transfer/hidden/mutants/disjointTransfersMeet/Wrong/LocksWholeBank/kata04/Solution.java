package kata04;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A bank. */
public final class Solution implements Bank {

  private final Map<String, Long> balances = new HashMap<>();

  public Solution() {}

  @Override
  public synchronized void open(String account, long cents) {
    Objects.requireNonNull(account, "account");
    requireAmount(cents);
    if (balances.putIfAbsent(account, cents) != null) {
      throw new IllegalArgumentException("already open: " + account);
    }
  }

  @Override
  public synchronized void deposit(String account, long cents) {
    requireAmount(cents);
    balances.put(account, Math.addExact(balance(account), cents));
  }

  @Override
  public synchronized boolean withdraw(String account, long cents) {
    requireAmount(cents);
    long before = balance(account);
    if (before < cents) {
      return false;
    }
    balances.put(account, before - cents);
    return true;
  }

  @Override
  public synchronized boolean transfer(String from, String to, long cents, Runnable audit) {
    Objects.requireNonNull(audit, "audit");
    requireAmount(cents);
    long source = balance(from);
    long target = balance(to);
    if (source < cents) {
      return false;
    }
    if (from.equals(to)) {
      audit.run();
      return true;
    }
    long credited = Math.addExact(target, cents);
    audit.run();
    balances.put(from, source - cents);
    balances.put(to, credited);
    return true;
  }

  @Override
  public synchronized long balance(String account) {
    Long cents = balances.get(Objects.requireNonNull(account, "account"));
    if (cents == null) {
      throw new IllegalArgumentException("no such account: " + account);
    }
    return cents;
  }

  @Override
  public synchronized long total() {
    long sum = 0;
    for (long cents : balances.values()) {
      sum = Math.addExact(sum, cents);
    }
    return sum;
  }

  private static void requireAmount(long cents) {
    if (cents < 0) {
      throw new IllegalArgumentException("negative amount: " + cents);
    }
  }
}
