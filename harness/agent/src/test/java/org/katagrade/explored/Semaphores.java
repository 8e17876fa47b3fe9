package org.katagrade.explored;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code Semaphore}: permits that are lost, made up, or taken one by one. */
final class Semaphores {

  private Semaphores() {}

  private static void increment(Semaphore semaphore, AtomicInteger count)
      throws InterruptedException {
    semaphore.acquire();
    try {
      count.set(count.get() + 1);
    } finally {
      semaphore.release();
    }
  }

  @Sound("one permit is a lock")
  static void onePermit(Fork fork) throws InterruptedException {
    Semaphore semaphore = new Semaphore(1);
    AtomicInteger count = new AtomicInteger();
    Crew.run(fork, 2, () -> increment(semaphore, count));
    Crew.expectEqual(2, count.get());
  }

  @Broken(Wrong.class)
  static void twoPermits(Fork fork) throws InterruptedException {
    Semaphore semaphore = new Semaphore(2);
    AtomicInteger count = new AtomicInteger();
    Crew.run(fork, 2, () -> increment(semaphore, count));
    Crew.expectEqual(2, count.get());
  }

  @Broken(Wrong.class)
  static void releasedOnceTooOften(Fork fork) throws InterruptedException {
    Semaphore semaphore = new Semaphore(1);
    AtomicInteger count = new AtomicInteger();
    semaphore.release();
    Crew.run(fork, 2, () -> increment(semaphore, count));
    Crew.expectEqual(2, count.get());
  }

  private static void work(boolean fails) {
    if (fails) {
      throw new IllegalStateException("the work failed");
    }
  }

  @Sound("the permit comes back whatever happens")
  static void permitComesBack(Fork fork) throws InterruptedException {
    Semaphore semaphore = new Semaphore(1);
    Crew.run(
        fork,
        2,
        () -> {
          semaphore.acquire();
          try {
            work(true);
          } catch (IllegalStateException e) {
            return;
          } finally {
            semaphore.release();
          }
        });
  }

  @Broken(LostWakeup.class)
  static void permitIsLost(Fork fork) throws InterruptedException {
    Semaphore semaphore = new Semaphore(1);
    Crew.run(
        fork,
        2,
        () -> {
          try {
            semaphore.acquire();
            work(true);
            semaphore.release();
          } catch (IllegalStateException e) {
            return;
          }
        });
  }

  private static void both(Semaphore first, Semaphore second) throws InterruptedException {
    first.acquire();
    second.acquire();
    second.release();
    first.release();
  }

  @Sound("permits are taken in one order")
  static void sameOrder(Fork fork) throws InterruptedException {
    Semaphore one = new Semaphore(1);
    Semaphore two = new Semaphore(1);
    Crew.run(fork, 2, () -> both(one, two));
  }

  @Broken(LostWakeup.class)
  static void circleOfPermits(Fork fork) throws InterruptedException {
    Semaphore one = new Semaphore(1);
    Semaphore two = new Semaphore(1);
    Crew.run(fork, () -> both(one, two), () -> both(two, one));
  }

  @Sound("both permits are taken in one go")
  static void twoAtOnce(Fork fork) throws InterruptedException {
    Semaphore semaphore = new Semaphore(2);
    Crew.run(
        fork,
        2,
        () -> {
          semaphore.acquire(2);
          semaphore.release(2);
        });
  }

  @Broken(LostWakeup.class)
  static void twoOneByOne(Fork fork) throws InterruptedException {
    Semaphore semaphore = new Semaphore(2);
    Crew.run(fork, 2, () -> both(semaphore, semaphore));
  }

  @Sound("gives back what it got")
  static void heedsTheAttempt(Fork fork) throws InterruptedException {
    attempts(fork, true);
  }

  @Broken(Wrong.class)
  static void ignoresTheAttempt(Fork fork) throws InterruptedException {
    attempts(fork, false);
  }

  private static void attempts(Fork fork, boolean asked) throws InterruptedException {
    Semaphore semaphore = new Semaphore(1);
    Crew.run(
        fork,
        2,
        () -> {
          boolean got = semaphore.tryAcquire(1, TimeUnit.MILLISECONDS);
          if (got || !asked) {
            semaphore.release();
          }
        });
    Crew.expectEqual(1, semaphore.availablePermits());
  }

  @Sound("each side hands the turn to the other")
  static void pingPong(Fork fork) throws InterruptedException {
    Semaphore ping = new Semaphore(1);
    Semaphore pong = new Semaphore(0);
    List<String> said = Collections.synchronizedList(new ArrayList<>());
    Crew.run(fork, () -> say("ping", ping, pong, said), () -> say("pong", pong, ping, said));
    Crew.expectEqual(List.of("ping", "pong", "ping", "pong"), said);
  }

  private static void say(String word, Semaphore mine, Semaphore theirs, List<String> said)
      throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      mine.acquire();
      said.add(word);
      theirs.release();
    }
  }

  @Broken(LostWakeup.class)
  static void bothWaitForTheirTurn(Fork fork) throws InterruptedException {
    Semaphore ping = new Semaphore(0);
    Semaphore pong = new Semaphore(0);
    List<String> said = Collections.synchronizedList(new ArrayList<>());
    Crew.run(fork, () -> say("ping", ping, pong, said), () -> say("pong", pong, ping, said));
  }

  @Broken(LostWakeup.class)
  static void drainedByOneOfTwo(Fork fork) throws InterruptedException {
    Semaphore semaphore = new Semaphore(2);
    Crew.run(
        fork,
        () -> {
          if (semaphore.drainPermits() == 2) {
            semaphore.release();
          }
        },
        () -> {
          semaphore.acquire(2);
          semaphore.release(2);
        });
  }
}
