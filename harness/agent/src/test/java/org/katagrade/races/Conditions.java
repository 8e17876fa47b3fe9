package org.katagrade.races;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link Condition}: one that somebody awaits. */
final class Conditions {

  private static final String AWAIT =
      "java.util.concurrent: what precedes Lock.unlock happens before what follows Condition.await";

  private Conditions() {}

  private static final class Mailbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ready;
    private @Nullable String message;
    private int length;

    void send(String text) {
      // Written outside, but before the lock.
      message = text;
      sendReady();
    }

    void sendTooEarly(String text) {
      sendReady();
      message = text; // race: messageAfterTheSignal
    }

    void sendReady() {
      lock.lock();
      try {
        ready = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    void receive() throws InterruptedException {
      lock.lock();
      try {
        while (!ready) {
          changed.await();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(AWAIT)
  static void messageBeforeTheSignal(Fork fork) throws InterruptedException {
    Mailbox box = new Mailbox();
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              box.receive();
              box.length = box.message == null ? -1 : box.message.length();
            }),
        () -> box.send("hello"));
    expect(5, box.length);
  }

  @Racy
  static void messageAfterTheSignal(Fork fork) throws InterruptedException {
    Mailbox box = new Mailbox();
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              box.receive();
              String message = box.message; // race: messageAfterTheSignal
              box.length = message == null ? -1 : message.length();
            }),
        () -> box.sendTooEarly("hello"));
  }

  @RaceFree(AWAIT)
  static void timedAwaitInALoop(Fork fork) throws InterruptedException {
    Mailbox box = new Mailbox();
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              box.lock.lock();
              try {
                long left = TimeUnit.SECONDS.toNanos(30);
                while (!box.ready && left > 0) {
                  left = box.changed.awaitNanos(left);
                }
                box.length = box.ready ? 1 : 0;
              } finally {
                box.lock.unlock();
              }
            }),
        box::sendReady);
    expect(1, box.length);
  }

  @RaceFree("Condition.await: in all cases the lock is taken again, also after a timeout")
  static void timedOutButLocked(Fork fork) throws InterruptedException {
    Mailbox box = new Mailbox();
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              box.lock.lock();
              try {
                boolean unused = box.changed.await(1, TimeUnit.MICROSECONDS);
                // Whoever was in time: the flag is read and changed under the lock.
                box.length = box.ready ? 2 : 1;
                box.ready = true;
              } finally {
                box.lock.unlock();
              }
            }),
        box::sendReady);
    if (box.length < 1 || !box.ready) {
      throw new AssertionError(box.length);
    }
  }

  @RaceFree("Condition.await: an interrupted thread has the lock again when it throws")
  static void interruptedAwait(Fork fork) throws InterruptedException {
    Mailbox box = new Mailbox();
    Thread waiting =
        fork.thread(
            () -> {
              box.lock.lock();
              try {
                while (!box.ready) {
                  box.changed.await();
                }
              } catch (InterruptedException e) {
                box.length++;
              } finally {
                box.lock.unlock();
              }
            });
    waiting.start();
    box.lock.lock();
    try {
      box.length++;
    } finally {
      box.lock.unlock();
    }
    waiting.interrupt();
    waiting.join();
    expect(2, box.length);
  }

  @Racy
  static void readAfterATimeout(Fork fork) throws InterruptedException {
    Mailbox box = new Mailbox();
    Unseen gaveUp = new Unseen();
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              box.lock.lock();
              try {
                boolean unused = box.changed.await(1, TimeUnit.MICROSECONDS);
              } finally {
                box.lock.unlock();
              }
              gaveUp.reached();
              boolean seen = box.ready; // race: readAfterATimeout
              box.length = seen ? 1 : 0;
            }),
        () -> {
          gaveUp.await();
          box.lock.lock();
          try {
            box.ready = true; // race: readAfterATimeout
            box.changed.signal();
          } finally {
            box.lock.unlock();
          }
        });
  }
}
