package org.katagrade.races;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link Semaphore} as a signal: one thread releases, another acquires. */
final class SemaphoreSignals {

  private static final String RELEASE =
      "Semaphore: what precedes a release happens before what follows a successful acquire";

  private final Semaphore semaphore;
  private int value;
  private int seen;

  private SemaphoreSignals(int permits) {
    semaphore = new Semaphore(permits);
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(RELEASE)
  static void releasedByTheOneWhoWrote(Fork fork) throws InterruptedException {
    SemaphoreSignals shared = new SemaphoreSignals(0);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          shared.semaphore.release();
        },
        Checked.task(
            () -> {
              shared.semaphore.acquire();
              shared.seen = shared.value;
            }));
    expect(7, shared.seen);
  }

  @Racy
  static void writtenAfterTheRelease(Fork fork) throws InterruptedException {
    SemaphoreSignals shared = new SemaphoreSignals(0);
    TwoThreads.together(
        fork,
        () -> {
          shared.semaphore.release();
          shared.value = 7; // race: writtenAfterTheRelease
        },
        Checked.task(
            () -> {
              shared.semaphore.acquire();
              shared.seen = shared.value; // race: writtenAfterTheRelease
            }));
  }

  @RaceFree(RELEASE)
  static void waitsForAllReleases(Fork fork) throws InterruptedException {
    int[] parts = new int[3];
    Semaphore done = new Semaphore(0);
    Thread[] threads = new Thread[parts.length];
    for (int i = 0; i < threads.length; i++) {
      int mine = i;
      threads[i] =
          fork.thread(
              () -> {
                parts[mine] = mine + 1;
                done.release();
              });
      threads[i].start();
    }
    done.acquire(parts.length);
    int sum = parts[0] + parts[1] + parts[2];
    for (Thread thread : threads) {
      thread.join();
    }
    expect(6, sum);
  }

  @RaceFree(RELEASE)
  static void timedAcquireObserved(Fork fork) throws InterruptedException {
    SemaphoreSignals shared = new SemaphoreSignals(0);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          shared.semaphore.release();
        },
        Checked.task(
            () -> {
              if (shared.semaphore.tryAcquire(30, TimeUnit.SECONDS)) {
                shared.seen = shared.value;
              }
            }));
    expect(7, shared.seen);
  }

  @RaceFree("Semaphore.tryAcquire: false means that no permit was acquired, and nothing is read")
  static void triedAgainAndAgain(Fork fork) throws InterruptedException {
    SemaphoreSignals shared = new SemaphoreSignals(0);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          shared.semaphore.release(2);
        },
        () -> {
          while (!shared.semaphore.tryAcquire(2)) {
            Thread.yield();
          }
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @Racy
  static void timedAcquireIgnored(Fork fork) throws InterruptedException {
    SemaphoreSignals shared = new SemaphoreSignals(0);
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7; // race: timedAcquireIgnored
          written.reached();
          over.await();
          shared.semaphore.release();
        },
        Checked.task(
            () -> {
              written.await();
              boolean unused = shared.semaphore.tryAcquire(1, TimeUnit.MICROSECONDS);
              shared.seen = shared.value; // race: timedAcquireIgnored
              over.reached();
            }));
  }

  @RaceFree(RELEASE)
  static void pingAndPong(Fork fork) throws InterruptedException {
    SemaphoreSignals ping = new SemaphoreSignals(1);
    SemaphoreSignals pong = new SemaphoreSignals(0);
    int[] hits = new int[1];
    TwoThreads.together(
        fork,
        () -> play(ping.semaphore, pong.semaphore, hits),
        () -> play(pong.semaphore, ping.semaphore, hits));
    expect(20, hits[0]);
  }

  private static void play(Semaphore mine, Semaphore theirs, int[] hits) {
    for (int i = 0; i < 10; i++) {
      mine.acquireUninterruptibly();
      hits[0]++;
      theirs.release();
    }
  }
}
