package org.katagrade.explored;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code Phaser}: who is registered, and when. */
final class Phasers {

  private Phasers() {}

  @Sound("whoever leaves says so")
  static void deregisters(Fork fork) throws InterruptedException {
    Phaser phaser = new Phaser(2);
    Crew.run(
        fork,
        phaser::arriveAndDeregister,
        () -> {
          phaser.arriveAndAwaitAdvance();
          phaser.arriveAndAwaitAdvance();
        });
  }

  @Broken(LostWakeup.class)
  static void leavesWithoutAWord(Fork fork) throws InterruptedException {
    Phaser phaser = new Phaser(2);
    Crew.run(
        fork,
        phaser::arrive,
        () -> {
          phaser.arriveAndAwaitAdvance();
          phaser.arriveAndAwaitAdvance();
        });
  }

  @Sound("registered before the thread is started")
  static void registeredByTheParent(Fork fork) throws InterruptedException {
    Phaser phaser = new Phaser(1);
    AtomicInteger works = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      phaser.register();
      Crew.start(
          fork,
          () -> {
            works.incrementAndGet();
            phaser.arriveAndDeregister();
          });
    }
    phaser.arriveAndAwaitAdvance();
    Crew.expectEqual(2, works.get());
  }

  @Broken(Wrong.class)
  static void registeredByTheChild(Fork fork) throws InterruptedException {
    Phaser phaser = new Phaser(1);
    AtomicInteger works = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      Crew.start(
          fork,
          () -> {
            phaser.register();
            works.incrementAndGet();
            phaser.arriveAndDeregister();
          });
    }
    phaser.arriveAndAwaitAdvance();
    Crew.expectEqual(2, works.get());
  }

  @Sound("all await the phase before they read")
  static void awaitsThePhase(Fork fork) throws InterruptedException {
    phase(fork, true);
  }

  @Broken(Wrong.class)
  static void arrivesOnly(Fork fork) throws InterruptedException {
    phase(fork, false);
  }

  private static void phase(Fork fork, boolean awaits) throws InterruptedException {
    Phaser phaser = new Phaser(2);
    AtomicInteger written = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> {
          written.incrementAndGet();
          if (awaits) {
            phaser.arriveAndAwaitAdvance();
          } else {
            phaser.arrive();
          }
          Crew.expectEqual(2, written.get());
        });
  }
}
