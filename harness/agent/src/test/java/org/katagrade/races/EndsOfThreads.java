package org.katagrade.races;

import java.time.Duration;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** The ways to find out that a thread has ended. */
final class EndsOfThreads {

  private static final String END =
      "JLS 17.4.4: a thread's final action synchronizes with what detects its end";

  private int value;

  private EndsOfThreads() {}

  private static void check(int seen) {
    if (seen != 5) {
      throw new AssertionError(seen);
    }
  }

  @RaceFree(END)
  static void joinInSmallSteps(Fork fork) throws InterruptedException {
    EndsOfThreads shared = new EndsOfThreads();
    Thread worker = fork.thread(() -> shared.value = 5);
    worker.start();
    while (worker.isAlive()) {
      worker.join(1);
    }
    check(shared.value);
  }

  @Racy
  static void joinThatTimesOut(Fork fork) throws InterruptedException {
    EndsOfThreads shared = new EndsOfThreads();
    Unseen goOn = new Unseen();
    Thread worker =
        fork.thread(
            () -> {
              shared.value = 5; // race: joinThatTimesOut
              goOn.await();
            });
    worker.start();
    worker.join(1);
    int seen = shared.value; // race: joinThatTimesOut
    goOn.reached();
    worker.join();
    if (seen < 0) {
      throw new AssertionError(seen);
    }
  }

  @RaceFree("Thread.join(Duration): true if the thread has terminated; JLS 17.4.4")
  static void joinForADuration(Fork fork) throws InterruptedException {
    EndsOfThreads shared = new EndsOfThreads();
    Thread worker = fork.thread(() -> shared.value = 5);
    worker.start();
    if (!worker.join(Duration.ofSeconds(60))) {
      throw new AssertionError("still running");
    }
    check(shared.value);
  }

  @Racy
  static void joinForTooShortADuration(Fork fork) throws InterruptedException {
    EndsOfThreads shared = new EndsOfThreads();
    Unseen goOn = new Unseen();
    Thread worker =
        fork.thread(
            () -> {
              goOn.await();
              shared.value = 5; // race: joinForTooShortADuration
            });
    worker.start();
    boolean ended = worker.join(Duration.ofMillis(1));
    int seen = shared.value; // race: joinForTooShortADuration
    goOn.reached();
    worker.join();
    if (ended || seen != 0) {
      throw new AssertionError(seen);
    }
  }

  @RaceFree(END)
  static void isAliveNoMore(Fork fork) throws InterruptedException {
    EndsOfThreads shared = new EndsOfThreads();
    Thread worker = fork.thread(() -> shared.value = 5);
    worker.start();
    while (worker.isAlive()) {
      Thread.yield();
    }
    check(shared.value);
    worker.join();
  }

  @Racy
  static void isStillAlive(Fork fork) throws InterruptedException {
    EndsOfThreads shared = new EndsOfThreads();
    Unseen written = new Unseen();
    Unseen goOn = new Unseen();
    Thread worker =
        fork.thread(
            () -> {
              shared.value = 5; // race: isStillAlive
              written.reached();
              goOn.await();
            });
    worker.start();
    written.await();
    int seen = worker.isAlive() ? shared.value : 0; // race: isStillAlive
    goOn.reached();
    worker.join();
    check(seen);
  }

  @RaceFree(END)
  static void stateTerminated(Fork fork) throws InterruptedException {
    EndsOfThreads shared = new EndsOfThreads();
    Thread worker = fork.thread(() -> shared.value = 5);
    worker.start();
    while (worker.getState() != Thread.State.TERMINATED) {
      Thread.yield();
    }
    check(shared.value);
    worker.join();
  }

  @RaceFree("JLS 11.3: the handler runs in the thread before it ends; 17.4.4")
  static void uncaughtExceptionHandler(Fork fork) throws InterruptedException {
    EndsOfThreads shared = new EndsOfThreads();
    Thread worker =
        fork.thread(
            () -> {
              throw new IllegalStateException();
            });
    worker.setUncaughtExceptionHandler((thread, thrown) -> shared.value = 5);
    worker.start();
    worker.join();
    check(shared.value);
  }
}
