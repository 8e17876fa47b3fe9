package org.katagrade.races;

import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.Unseen;

/** Starts and joins the two threads of the programs that need no more. */
final class TwoThreads {

  private TwoThreads() {}

  /** Both at once. */
  static void together(Fork fork, Runnable one, Runnable other) throws InterruptedException {
    startAndJoin(fork.thread(one), fork.thread(other));
  }

  /** One after the other in time, without being ordered. */
  static void inTurn(Fork fork, Runnable one, Runnable other) throws InterruptedException {
    Unseen done = new Unseen();
    Thread first =
        fork.thread(
            () -> {
              one.run();
              done.reached();
            });
    Thread second =
        fork.thread(
            () -> {
              done.await();
              other.run();
            });
    startAndJoin(first, second);
  }

  private static void startAndJoin(Thread first, Thread second) throws InterruptedException {
    first.start();
    second.start();
    first.join();
    second.join();
  }
}
