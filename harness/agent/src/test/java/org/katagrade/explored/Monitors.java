package org.katagrade.explored;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.explore.Ending.Deadlock;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code synchronized}: which monitor, how long, and in which order. */
final class Monitors {

  private Monitors() {}

  /** An account whose balance is watched by its own monitor. */
  private static final class Account {
    private final int number;
    private int balance = 10;

    Account(int number) {
      this.number = number;
    }

    static void transfer(Account from, Account to) {
      synchronized (from) {
        synchronized (to) {
          from.balance--;
          to.balance++;
        }
      }
    }

    static void transferInOrder(Account from, Account to) {
      Account first = from.number < to.number ? from : to;
      Account second = first == from ? to : from;
      synchronized (first) {
        synchronized (second) {
          from.balance--;
          to.balance++;
        }
      }
    }
  }

  /** Read after the monitor was left, which the wait took again before it returned. */
  private static final class Message {
    private boolean sent;
    private int text;

    synchronized void send() {
      text = 7;
      sent = true;
      notifyAll();
    }

    int receive() throws InterruptedException {
      synchronized (this) {
        while (!sent) {
          TimeUnit.HOURS.timedWait(this, 1);
        }
      }
      return text;
    }
  }

  @Sound("TimeUnit.timedWait is a timed wait, and takes the monitor again")
  static void receivedAfterTheWaitOfAUnit(Fork fork) throws InterruptedException {
    Message message = new Message();
    Crew.run(fork, message::send, () -> Crew.expectEqual(7, message.receive()));
  }

  @Sound("monitors are always taken in the order of the accounts' numbers")
  static void inTheOrderOfNumbers(Fork fork) throws InterruptedException {
    Account one = new Account(1);
    Account two = new Account(2);
    Crew.run(
        fork, () -> Account.transferInOrder(one, two), () -> Account.transferInOrder(two, one));
    Crew.expectEqual(20, one.balance + two.balance);
  }

  @Broken(Deadlock.class)
  static void inTheOrderOfArguments(Fork fork) throws InterruptedException {
    Account one = new Account(1);
    Account two = new Account(2);
    Crew.run(fork, () -> Account.transfer(one, two), () -> Account.transfer(two, one));
  }

  @Sound("of three monitors the last is taken in the same order by all")
  static void threeInOrder(Fork fork) throws InterruptedException {
    Account one = new Account(1);
    Account two = new Account(2);
    Account three = new Account(3);
    Crew.run(
        fork,
        () -> Account.transferInOrder(one, two),
        () -> Account.transferInOrder(two, three),
        () -> Account.transferInOrder(three, one));
    Crew.expectEqual(30, one.balance + two.balance + three.balance);
  }

  @Broken(Deadlock.class)
  static void threeInACircle(Fork fork) throws InterruptedException {
    Account one = new Account(1);
    Account two = new Account(2);
    Account three = new Account(3);
    Crew.run(
        fork,
        () -> Account.transfer(one, two),
        () -> Account.transfer(two, three),
        () -> Account.transfer(three, one));
  }

  /** A purse whose monitor is taken by entering a method. */
  private static final class Purse {
    private int coins;

    synchronized void giveTo(Purse other) {
      other.take();
      coins--;
    }

    synchronized void take() {
      coins++;
    }
  }

  @Broken(Deadlock.class)
  static void giveEachOther(Fork fork) throws InterruptedException {
    Purse one = new Purse();
    Purse other = new Purse();
    Crew.run(fork, () -> one.giveTo(other), () -> other.giveTo(one));
  }

  /** A count whose operations are safe one by one. */
  private static final class Count {
    private int value;

    synchronized int get() {
      return value;
    }

    synchronized void set(int value) {
      this.value = value;
    }

    synchronized void increment() {
      value++;
    }

    synchronized boolean incrementBelow(int limit) {
      if (value >= limit) {
        return false;
      }
      value++;
      return true;
    }
  }

  @Sound("reads and writes in one block")
  static void oneBlock(Fork fork) throws InterruptedException {
    Count count = new Count();
    Crew.run(fork, count::increment, count::increment);
    Crew.expectEqual(2, count.get());
  }

  @Broken(Wrong.class)
  static void twoBlocks(Fork fork) throws InterruptedException {
    Count count = new Count();
    Task increment = () -> count.set(count.get() + 1);
    Crew.run(fork, increment, increment);
    Crew.expectEqual(2, count.get());
  }

  @Sound("asks and acts in one block")
  static void asksAndActsInOne(Fork fork) throws InterruptedException {
    Count count = new Count();
    Crew.run(fork, 3, () -> count.incrementBelow(2));
    Crew.expectEqual(2, count.get());
  }

  @Broken(Wrong.class)
  static void asksBeforeItActs(Fork fork) throws InterruptedException {
    Count count = new Count();
    Crew.run(
        fork,
        3,
        () -> {
          if (count.get() < 2) {
            count.increment();
          }
        });
    Crew.expectEqual(2, count.get());
  }

  /** Two methods that exclude each other only if they mean the same monitor. */
  private static final class Mixed {
    private static final Object SHARED = new Object();
    private volatile int inside;

    private void visit() {
      inside = inside + 1;
      Crew.expectEqual(1, inside);
      inside = inside - 1;
    }

    synchronized void ofTheObject() {
      visit();
    }

    void ofTheClass() {
      synchronized (SHARED) {
        visit();
      }
    }
  }

  @Sound("both mean the monitor of the class")
  static void oneMonitor(Fork fork) throws InterruptedException {
    Mixed mixed = new Mixed();
    Crew.run(fork, mixed::ofTheClass, mixed::ofTheClass);
  }

  @Broken(Wrong.class)
  static void twoMonitors(Fork fork) throws InterruptedException {
    Mixed mixed = new Mixed();
    Crew.run(fork, mixed::ofTheObject, mixed::ofTheClass);
  }

  /** A list that is guarded by whichever list is current. */
  private static final class Swapped {
    private volatile List<Integer> current = new ArrayList<>();
    private volatile int inside;

    void swap() {
      synchronized (current) {
        Crew.expectEqual(0, inside++);
        current = new ArrayList<>();
        inside--;
      }
    }
  }

  @Broken(Wrong.class)
  static void monitorOfAFieldThatChanges(Fork fork) throws InterruptedException {
    Swapped swapped = new Swapped();
    Crew.run(fork, 3, swapped::swap);
  }

  /** Tells a listener of its changes. */
  private static final class Subject {
    private int changes;

    synchronized void changeAndTell(Runnable listener) {
      changes++;
      listener.run();
    }

    void changeThenTell(Runnable listener) {
      synchronized (this) {
        changes++;
      }
      listener.run();
    }

    synchronized int changes() {
      return changes;
    }
  }

  @Sound("the listener is called with no monitor in hand")
  static void openCall(Fork fork) throws InterruptedException {
    Subject one = new Subject();
    Subject two = new Subject();
    Crew.run(fork, () -> one.changeThenTell(two::changes), () -> two.changeThenTell(one::changes));
  }

  @Broken(Deadlock.class)
  static void callUnderAMonitor(Fork fork) throws InterruptedException {
    Subject one = new Subject();
    Subject two = new Subject();
    Crew.run(fork, () -> one.changeAndTell(two::changes), () -> two.changeAndTell(one::changes));
  }

  @Sound("JLS 17.1: a thread may lock a monitor several times")
  static void reentered(Fork fork) throws InterruptedException {
    Subject subject = new Subject();
    Crew.run(fork, 2, () -> subject.changeAndTell(subject::changes));
    Crew.expectEqual(2, subject.changes());
  }

  @Broken(Deadlock.class)
  static void joinsUnderAMonitor(Fork fork) throws InterruptedException {
    Subject subject = new Subject();
    Thread reader = fork.thread(subject::changes);
    synchronized (subject) {
      reader.start();
      reader.join();
    }
  }

  @Sound("joins with no monitor in hand")
  static void joinsAfterwards(Fork fork) throws InterruptedException {
    Subject subject = new Subject();
    Thread reader = fork.thread(subject::changes);
    synchronized (subject) {
      reader.start();
    }
    reader.join();
  }
}
