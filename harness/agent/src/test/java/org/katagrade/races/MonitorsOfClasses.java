package org.katagrade.races;

import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Which object's monitor a {@code synchronized} method takes. */
final class MonitorsOfClasses {

  private MonitorsOfClasses() {}

  private static class Account {
    int balance;

    synchronized void deposit(int amount) {
      balance += amount;
    }

    void withdraw(int amount) {
      synchronized (this) {
        balance -= amount;
      }
    }
  }

  private static final class SavingsAccount extends Account {
    synchronized void addInterest() {
      balance += balance / 10;
      super.deposit(1);
    }
  }

  private static final class LoggedAccount extends Account {
    int deposits;

    @Override
    void deposit(int amount) {
      deposits++; // race: overrideWithoutSynchronized
      super.deposit(amount);
    }
  }

  @RaceFree("JLS 8.4.3.6: a synchronized instance method locks this, wherever it is declared")
  static void inheritedMethods(Fork fork) throws InterruptedException {
    SavingsAccount account = new SavingsAccount();
    account.deposit(100);
    Thread saver = fork.thread(() -> account.deposit(20));
    Thread bank = fork.thread(account::addInterest);
    Thread spender = fork.thread(() -> account.withdraw(1));
    saver.start();
    bank.start();
    spender.start();
    saver.join();
    bank.join();
    spender.join();
    if (account.balance < 129 || account.balance > 132) {
      throw new AssertionError(account.balance);
    }
  }

  @Racy
  static void overrideWithoutSynchronized(Fork fork) throws InterruptedException {
    LoggedAccount account = new LoggedAccount();
    Thread one = fork.thread(() -> account.deposit(1));
    Thread other = fork.thread(() -> account.deposit(2));
    one.start();
    other.start();
    one.join();
    other.join();
  }

  private static final class Visits {
    static int count;

    static synchronized void enter() {
      count++; // race: instanceMethodForAStaticField
    }

    static void leave() {
      synchronized (Visits.class) {
        count--;
      }
    }

    synchronized void leaveAsAGuest() {
      count--; // race: instanceMethodForAStaticField
    }
  }

  @RaceFree("JLS 8.4.3.6: a synchronized static method locks the Class object")
  static void staticMethodAndClassLiteral(Fork fork) throws InterruptedException {
    int before = Visits.count;
    TwoThreads.together(fork, Visits::enter, Visits::leave);
    if (Visits.count != before) {
      throw new AssertionError(Visits.count);
    }
  }

  @Racy
  static void instanceMethodForAStaticField(Fork fork) throws InterruptedException {
    Visits guest = new Visits();
    TwoThreads.together(fork, Visits::enter, guest::leaveAsAGuest);
  }

  private static final class Garden {
    private int visitors;

    synchronized void open() {
      visitors++; // race: innerClassLocksItself
    }

    final class Gate {
      synchronized void pass() {
        visitors++; // race: innerClassLocksItself
      }

      void passUnderTheGardensLock() {
        synchronized (Garden.this) {
          visitors++;
        }
      }
    }
  }

  @RaceFree("JLS 17.4.5: both lock the garden")
  static void innerClassLocksTheOuter(Fork fork) throws InterruptedException {
    Garden garden = new Garden();
    Garden.Gate east = garden.new Gate();
    Garden.Gate west = garden.new Gate();
    TwoThreads.together(fork, east::passUnderTheGardensLock, west::passUnderTheGardensLock);
    if (garden.visitors != 2) {
      throw new AssertionError(garden.visitors);
    }
  }

  @Racy
  static void innerClassLocksItself(Fork fork) throws InterruptedException {
    Garden garden = new Garden();
    Garden.Gate gate = garden.new Gate();
    TwoThreads.together(fork, garden::open, gate::pass);
  }

  private static final class Transfer {
    final Account from = new Account();
    final Account to = new Account();

    void move(Account source, Account target) {
      Account first = source == from ? source : target;
      Account second = first == source ? target : source;
      synchronized (first) {
        synchronized (second) {
          source.balance--;
          target.balance++;
        }
      }
    }
  }

  @RaceFree("JLS 17.4.5: each account is changed only under its own monitor")
  static void twoLocksInOneOrder(Fork fork) throws InterruptedException {
    Transfer transfer = new Transfer();
    TwoThreads.together(
        fork,
        () -> transfer.move(transfer.from, transfer.to),
        () -> {
          transfer.move(transfer.to, transfer.from);
          transfer.from.deposit(5);
        });
    if (transfer.from.balance != 5 || transfer.to.balance != 0) {
      throw new AssertionError(transfer.from.balance);
    }
  }

  private static final class Statement {
    private final Account account = new Account();

    synchronized int print() {
      return account.balance; // race: lockOfTheWrapperInsteadOfTheWrapped
    }

    void deposit() {
      synchronized (account) {
        account.balance = 3; // race: lockOfTheWrapperInsteadOfTheWrapped
      }
    }
  }

  @Racy
  static void lockOfTheWrapperInsteadOfTheWrapped(Fork fork) throws InterruptedException {
    Statement statement = new Statement();
    TwoThreads.together(fork, statement::print, statement::deposit);
  }
}
