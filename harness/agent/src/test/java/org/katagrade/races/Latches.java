package org.katagrade.races;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link CountDownLatch}. */
final class Latches {

  private static final String AWAIT =
      "CountDownLatch: what precedes countDown happens before what follows a successful await";

  private int value;
  private int seen;

  private Latches() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(AWAIT)
  static void startSignalAndDoneSignal(Fork fork) throws InterruptedException {
    int[] cells = new int[3];
    CountDownLatch start = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(cells.length);
    Thread[] workers = new Thread[cells.length];
    for (int i = 0; i < workers.length; i++) {
      int mine = i;
      workers[i] =
          fork.thread(
              Checked.task(
                  () -> {
                    start.await();
                    cells[mine] *= 2;
                    done.countDown();
                  }));
      workers[i].start();
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i + 1;
    }
    start.countDown();
    done.await();
    int sum = cells[0] + cells[1] + cells[2];
    for (Thread worker : workers) {
      worker.join();
    }
    expect(12, sum);
  }

  @Racy
  static void countsOneTooFew(Fork fork) throws InterruptedException {
    Latches shared = new Latches();
    CountDownLatch done = new CountDownLatch(1);
    Thread fast = fork.thread(done::countDown);
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    Thread slow =
        fork.thread(
            () -> {
              shared.value = 1; // race: countsOneTooFew
              written.reached();
              // Otherwise it might count down first.
              over.await();
              done.countDown();
            });
    fast.start();
    slow.start();
    done.await();
    written.await();
    shared.seen = shared.value; // race: countsOneTooFew
    over.reached();
    fast.join();
    slow.join();
  }

  @RaceFree(AWAIT)
  static void timedAwaitObserved(Fork fork) throws InterruptedException {
    Latches shared = new Latches();
    CountDownLatch done = new CountDownLatch(1);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5;
          done.countDown();
        },
        Checked.task(
            () -> {
              while (!done.await(1, TimeUnit.MICROSECONDS)) {
                Thread.yield();
              }
              shared.seen = shared.value;
            }));
    expect(5, shared.seen);
  }

  @Racy
  static void timedAwaitIgnored(Fork fork) throws InterruptedException {
    Latches shared = new Latches();
    CountDownLatch done = new CountDownLatch(1);
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5; // race: timedAwaitIgnored
          written.reached();
          over.await();
          done.countDown();
        },
        Checked.task(
            () -> {
              written.await();
              boolean unused = done.await(1, TimeUnit.MICROSECONDS);
              shared.seen = shared.value; // race: timedAwaitIgnored
              over.reached();
            }));
  }

  @Racy
  static void countReadInsteadOfAwait(Fork fork) throws InterruptedException {
    Latches shared = new Latches();
    CountDownLatch done = new CountDownLatch(1);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5; // race: countReadInsteadOfAwait
          done.countDown();
        },
        () -> {
          // Typically used for debugging, says getCount(); of memory it promises nothing.
          while (done.getCount() > 0) {
            Thread.yield();
          }
          shared.seen = shared.value; // race: countReadInsteadOfAwait
        });
  }

  @Racy
  static void writtenAfterCountDown(Fork fork) throws InterruptedException {
    Latches shared = new Latches();
    CountDownLatch done = new CountDownLatch(1);
    TwoThreads.together(
        fork,
        () -> {
          done.countDown();
          shared.value = 5; // race: writtenAfterCountDown
        },
        Checked.task(
            () -> {
              done.await();
              shared.seen = shared.value; // race: writtenAfterCountDown
            }));
  }

  @Racy
  static void awaitInterruptedAndIgnored(Fork fork) throws InterruptedException {
    Latches shared = new Latches();
    CountDownLatch done = new CountDownLatch(1);
    TwoThreads.inTurn(
        fork,
        () -> {
          Thread.currentThread().interrupt();
          try {
            done.await();
          } catch (InterruptedException e) {
            // Forgotten: the count is not zero.
          }
          shared.seen = shared.value; // race: awaitInterruptedAndIgnored
        },
        () -> {
          shared.value = 5; // race: awaitInterruptedAndIgnored
          done.countDown();
        });
  }

  @RaceFree(AWAIT)
  static void latchForEachStep(Fork fork) throws InterruptedException {
    Latches shared = new Latches();
    CountDownLatch[] steps = new CountDownLatch[6];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = new CountDownLatch(1);
    }
    TwoThreads.together(
        fork,
        Checked.task(() -> shared.everyOtherStep(steps, 0)),
        Checked.task(() -> shared.everyOtherStep(steps, 1)));
    expect(64, shared.value + 1);
  }

  private void everyOtherStep(CountDownLatch[] steps, int first) throws InterruptedException {
    for (int i = first; i < steps.length; i += 2) {
      if (i > 0) {
        steps[i - 1].await();
      }
      value = value * 2 + 1;
      steps[i].countDown();
    }
  }

  @RaceFree(AWAIT)
  static void countedDownByOneForAll(Fork fork) throws InterruptedException {
    Latches shared = new Latches();
    CountDownLatch gate = new CountDownLatch(2);
    int[] seen = new int[3];
    Thread[] guests = new Thread[seen.length];
    for (int i = 0; i < guests.length; i++) {
      int mine = i;
      guests[i] =
          fork.thread(
              Checked.task(
                  () -> {
                    gate.await();
                    seen[mine] = shared.value;
                  }));
      guests[i].start();
    }
    gate.countDown();
    shared.value = 4;
    gate.countDown();
    for (Thread guest : guests) {
      guest.join();
    }
    expect(12, seen[0] + seen[1] + seen[2]);
  }

  @Racy
  static void countedDownOnceTooOften(Fork fork) throws InterruptedException {
    Latches shared = new Latches();
    CountDownLatch done = new CountDownLatch(1);
    done.countDown();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.value = 5; // race: countedDownOnceTooOften
          // "If the current count equals zero then nothing happens."
          done.countDown();
        },
        Checked.task(
            () -> {
              done.await();
              shared.seen = shared.value; // race: countedDownOnceTooOften
            }));
  }

  @RaceFree(AWAIT)
  static void countedDownTheLastTime(Fork fork) throws InterruptedException {
    Latches shared = new Latches();
    CountDownLatch done = new CountDownLatch(2);
    done.countDown();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.value = 5;
          done.countDown();
        },
        Checked.task(
            () -> {
              done.await();
              shared.seen = shared.value;
            }));
    expect(5, shared.seen);
  }
}
