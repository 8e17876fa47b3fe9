package org.katagrade.explored;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.katagrade.agent.explore.Ending.Livelock;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Mutual exclusion by reads and writes alone, which takes volatile fields to be right. */
final class MutualExclusion {

  private MutualExclusion() {}

  /** Checks that only one is in at a time. */
  private static final class Room {
    private volatile int inside = -1;

    void visit(int who) {
      inside = who;
      Crew.expectEqual(who, inside);
    }
  }

  /** Peterson's algorithm for two. */
  private static final class Peterson {
    private final AtomicIntegerArray wants = new AtomicIntegerArray(2);
    private volatile int last;

    void lock(int who) {
      wants.set(who, 1);
      last = who;
      await(who);
    }

    void lockTurnFirst(int who) {
      last = who;
      wants.set(who, 1);
      await(who);
    }

    void lockWithoutTurn(int who) {
      wants.set(who, 1);
      while (wants.get(1 - who) == 1) {
        Thread.onSpinWait();
      }
    }

    private void await(int who) {
      while (wants.get(1 - who) == 1 && last == who) {
        Thread.onSpinWait();
      }
    }

    void unlock(int who) {
      wants.set(who, 0);
    }
  }

  @Sound("whoever says last that it wants in waits")
  static void peterson(Fork fork) throws InterruptedException {
    Peterson lock = new Peterson();
    Room room = new Room();
    Task[] tasks = new Task[2];
    for (int i = 0; i < 2; i++) {
      int who = i;
      tasks[i] =
          () -> {
            lock.lock(who);
            room.visit(who);
            lock.unlock(who);
          };
    }
    Crew.run(fork, tasks);
  }

  @Broken(Wrong.class)
  static void petersonTurnFirst(Fork fork) throws InterruptedException {
    Peterson lock = new Peterson();
    Room room = new Room();
    Task[] tasks = new Task[2];
    for (int i = 0; i < 2; i++) {
      int who = i;
      tasks[i] =
          () -> {
            lock.lockTurnFirst(who);
            room.visit(who);
            lock.unlock(who);
          };
    }
    Crew.run(fork, tasks);
  }

  @Broken(Livelock.class)
  static void petersonWithoutTurn(Fork fork) throws InterruptedException {
    Peterson lock = new Peterson();
    Crew.run(
        fork,
        () -> {
          lock.lockWithoutTurn(0);
          lock.unlock(0);
        },
        () -> {
          lock.lockWithoutTurn(1);
          lock.unlock(1);
        });
  }

  /** Dekker's algorithm for two. */
  private static final class Dekker {
    private final AtomicIntegerArray wants = new AtomicIntegerArray(2);
    private volatile int turn;

    void lock(int who, boolean givesWay) {
      wants.set(who, 1);
      while (wants.get(1 - who) == 1) {
        if (turn != who) {
          if (givesWay) {
            wants.set(who, 0);
          }
          while (turn != who) {
            Thread.onSpinWait();
          }
          wants.set(who, 1);
        }
      }
    }

    void unlock(int who) {
      turn = 1 - who;
      wants.set(who, 0);
    }
  }

  private static void dekkers(Fork fork, boolean givesWay) throws InterruptedException {
    Dekker lock = new Dekker();
    Room room = new Room();
    Task[] tasks = new Task[2];
    for (int i = 0; i < 2; i++) {
      int who = i;
      tasks[i] =
          () -> {
            lock.lock(who, givesWay);
            room.visit(who);
            lock.unlock(who);
          };
    }
    Crew.run(fork, tasks);
  }

  @Sound("the one whose turn it is not gives way")
  static void dekker(Fork fork) throws InterruptedException {
    dekkers(fork, true);
  }

  @Broken(Livelock.class)
  static void dekkerThatDoesNotGiveWay(Fork fork) throws InterruptedException {
    dekkers(fork, false);
  }

  /** Lamport's bakery. */
  private static final class Bakery {
    private final AtomicIntegerArray choosing;
    private final AtomicIntegerArray numbers;

    Bakery(int customers) {
      choosing = new AtomicIntegerArray(customers);
      numbers = new AtomicIntegerArray(customers);
    }

    void lock(int who, boolean waitsForChoices) {
      choosing.set(who, 1);
      int most = 0;
      for (int other = 0; other < numbers.length(); other++) {
        most = Math.max(most, numbers.get(other));
      }
      numbers.set(who, most + 1);
      choosing.set(who, 0);
      for (int other = 0; other < numbers.length(); other++) {
        while (waitsForChoices && choosing.get(other) == 1) {
          Thread.onSpinWait();
        }
        while (goesFirst(other, who)) {
          Thread.onSpinWait();
        }
      }
    }

    private boolean goesFirst(int other, int who) {
      int theirs = numbers.get(other);
      int mine = numbers.get(who);
      return theirs != 0 && (theirs < mine || (theirs == mine && other < who));
    }

    void unlock(int who) {
      numbers.set(who, 0);
    }
  }

  private static void bakeries(Fork fork, boolean waitsForChoices) throws InterruptedException {
    Bakery bakery = new Bakery(2);
    Room room = new Room();
    Task[] tasks = new Task[2];
    for (int i = 0; i < 2; i++) {
      int who = i;
      tasks[i] =
          () -> {
            bakery.lock(who, waitsForChoices);
            room.visit(who);
            bakery.unlock(who);
          };
    }
    Crew.run(fork, tasks);
  }

  @Sound("waits for those who still choose their number")
  static void bakery(Fork fork) throws InterruptedException {
    bakeries(fork, true);
  }

  @Broken(Wrong.class)
  static void bakeryThatDoesNotWait(Fork fork) throws InterruptedException {
    bakeries(fork, false);
  }
}
