package org.katagrade.races;

import java.util.concurrent.locks.LockSupport;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Interrupting a thread, and its finding out. */
final class Interrupts {

  private static final String INTERRUPT =
      "JLS 17.4.4: an interrupt synchronizes with whatever finds out about it";

  private final Object lock = new Object();
  private int reason;
  private int seen;

  private Interrupts() {}

  private interface Waiting {
    void untilInterrupted() throws InterruptedException;
  }

  private static void interruptWhile(Fork fork, Interrupts shared, Waiting waiting)
      throws InterruptedException {
    Thread worker =
        fork.thread(
            () -> {
              try {
                waiting.untilInterrupted();
              } catch (InterruptedException e) {
                shared.seen = shared.reason;
              }
            });
    worker.start();
    shared.reason = 5;
    worker.interrupt();
    worker.join();
    shared.check();
  }

  private void check() {
    if (seen != 5) {
      throw new AssertionError(seen);
    }
  }

  @RaceFree(INTERRUPT)
  static void whileItSleeps(Fork fork) throws InterruptedException {
    interruptWhile(fork, new Interrupts(), () -> Thread.sleep(60_000));
  }

  @RaceFree(INTERRUPT)
  static void whileItWaits(Fork fork) throws InterruptedException {
    Interrupts shared = new Interrupts();
    interruptWhile(
        fork,
        shared,
        () -> {
          synchronized (shared.lock) {
            while (true) {
              shared.lock.wait();
            }
          }
        });
  }

  @RaceFree(INTERRUPT)
  static void whileItJoins(Fork fork) throws InterruptedException {
    Thread main = Thread.currentThread();
    interruptWhile(fork, new Interrupts(), () -> main.join());
  }

  @RaceFree(INTERRUPT)
  static void whileItLooks(Fork fork) throws InterruptedException {
    Interrupts shared = new Interrupts();
    Thread worker =
        fork.thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                Thread.yield();
              }
              shared.seen = shared.reason;
            });
    worker.start();
    shared.reason = 5;
    worker.interrupt();
    worker.join();
    shared.check();
  }

  @RaceFree(INTERRUPT)
  static void whileItLooksAndClears(Fork fork) throws InterruptedException {
    Interrupts shared = new Interrupts();
    Thread worker =
        fork.thread(
            () -> {
              while (!Thread.interrupted()) {
                Thread.yield();
              }
              shared.seen = shared.reason;
            });
    worker.start();
    shared.reason = 5;
    worker.interrupt();
    worker.join();
    shared.check();
  }

  @RaceFree(INTERRUPT)
  static void whileItIsParked(Fork fork) throws InterruptedException {
    Interrupts shared = new Interrupts();
    Thread worker =
        fork.thread(
            () -> {
              while (!Thread.interrupted()) {
                LockSupport.park();
              }
              shared.seen = shared.reason;
            });
    worker.start();
    shared.reason = 5;
    worker.interrupt();
    worker.join();
    shared.check();
  }

  @RaceFree(INTERRUPT)
  static void aThirdFindsOut(Fork fork) throws InterruptedException {
    Interrupts shared = new Interrupts();
    Thread worker =
        fork.thread(
            () -> {
              synchronized (shared.lock) {
                shared.lock.notifyAll();
              }
            });
    Thread interrupter =
        fork.thread(
            () -> {
              shared.reason = 5;
              worker.interrupt();
            });
    // Once it has ended, a thread need not tell, so it must not get the lock yet.
    synchronized (shared.lock) {
      worker.start();
      interrupter.start();
      while (!worker.isInterrupted()) {
        Thread.yield();
      }
      shared.seen = shared.reason;
    }
    worker.join();
    interrupter.join();
    shared.check();
  }

  @Racy
  static void writtenAfterTheInterrupt(Fork fork) throws InterruptedException {
    Interrupts shared = new Interrupts();
    Thread worker =
        fork.thread(
            () -> {
              while (!Thread.interrupted()) {
                Thread.yield();
              }
              shared.seen = shared.reason; // race: writtenAfterTheInterrupt
            });
    worker.start();
    worker.interrupt();
    shared.reason = 5; // race: writtenAfterTheInterrupt
    worker.join();
  }

  @Racy
  static void interruptedButNeverLooks(Fork fork) throws InterruptedException {
    Interrupts shared = new Interrupts();
    Thread worker =
        fork.thread(
            () -> {
              shared.seen = shared.reason; // race: interruptedButNeverLooks
            });
    worker.start();
    shared.reason = 5; // race: interruptedButNeverLooks
    worker.interrupt();
    worker.join();
  }

  @Racy
  static void looksBeforeTheInterrupt(Fork fork) throws InterruptedException {
    Interrupts shared = new Interrupts();
    Unseen looked = new Unseen();
    Thread worker =
        fork.thread(
            () -> {
              boolean interrupted = Thread.interrupted();
              looked.reached();
              shared.seen = interrupted ? 0 : shared.reason; // race: looksBeforeTheInterrupt
            });
    worker.start();
    looked.await();
    shared.reason = 5; // race: looksBeforeTheInterrupt
    worker.interrupt();
    worker.join();
  }
}
