package org.katagrade.libraries;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Threads of both kinds that run one body, and what is checked in them. */
final class Team {

  /** How much longer than in the build a workload is. */
  static final int ROUNDS = Integer.getInteger("libraries.rounds", 1);

  /** An adder promises no order, so counting gives none. */
  private static final LongAdder CHECKS = new LongAdder();

  interface Body {
    void run(int who) throws Exception;
  }

  private Team() {}

  /** Runs the body in so many threads and waits for them; a failure in any is thrown. */
  static void run(int platform, int virtual, Body body) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    @Nullable Throwable[] failures = new Throwable[platform + virtual];
    for (int i = 0; i < platform + virtual; i++) {
      int who = i;
      Runnable task =
          () -> {
            try {
              body.run(who);
            } catch (Throwable e) { // an assertion, too
              failures[who] = e;
            }
          };
      threads.add(
          i < platform
              ? Thread.ofPlatform().name("p" + i).unstarted(task)
              : Thread.ofVirtual().name("v" + i).unstarted(task));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    for (Throwable failure : failures) {
      if (failure != null) {
        throw new AssertionError("a thread failed", failure);
      }
    }
  }

  static void check(boolean holds, String what) {
    CHECKS.increment();
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  static long checks() {
    return CHECKS.sum();
  }
}
