package org.katagrade.explored;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** A token that goes round, and turns that are taken. */
final class Tokens {

  private Tokens() {}

  private static void ring(Fork fork, int start) throws InterruptedException {
    Semaphore[] turns = {new Semaphore(0), new Semaphore(0), new Semaphore(0)};
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    Task[] members = new Task[3];
    for (int i = 0; i < 3; i++) {
      int me = i;
      members[i] =
          () -> {
            for (int round = 0; round < 2; round++) {
              turns[me].acquire();
              order.add(me);
              turns[(me + 1) % 3].release();
            }
          };
    }
    if (start >= 0) {
      turns[start].release();
    }
    Crew.run(fork, members);
    Crew.expectEqual(List.of(0, 1, 2, 0, 1, 2), order);
  }

  @Sound("one token, given to the next")
  static void goesRound(Fork fork) throws InterruptedException {
    ring(fork, 0);
  }

  @Broken(LostWakeup.class)
  static void nobodyHasIt(Fork fork) throws InterruptedException {
    ring(fork, -1);
  }

  /** Turns under a monitor. */
  private static final class Turns {
    private int turn;

    synchronized void take(int me, int count, boolean all) throws InterruptedException {
      while (turn != me) {
        wait();
      }
      turn = (turn + 1) % count;
      if (all) {
        notifyAll();
      } else {
        notify();
      }
    }
  }

  private static void turns(Fork fork, boolean all) throws InterruptedException {
    Turns turns = new Turns();
    Crew.run(
        fork,
        () -> turns.take(0, 3, all),
        () -> turns.take(1, 3, all),
        () -> turns.take(2, 3, all));
  }

  @Sound("all look whether it is their turn")
  static void allLook(Fork fork) throws InterruptedException {
    turns(fork, true);
  }

  @Broken(LostWakeup.class)
  static void oneLooks(Fork fork) throws InterruptedException {
    turns(fork, false);
  }

  @Broken(Wrong.class)
  static void twoTokens(Fork fork) throws InterruptedException {
    Semaphore[] turns = {new Semaphore(1), new Semaphore(1)};
    AtomicInteger inside = new AtomicInteger();
    Task[] members = new Task[2];
    for (int i = 0; i < 2; i++) {
      int me = i;
      members[i] =
          () -> {
            turns[me].acquire();
            Crew.expectEqual(1, inside.incrementAndGet());
            inside.decrementAndGet();
            turns[1 - me].release();
          };
    }
    Crew.run(fork, members);
  }
}
