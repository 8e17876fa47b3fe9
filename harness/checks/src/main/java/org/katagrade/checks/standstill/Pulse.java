package org.katagrade.checks.standstill;

import java.util.concurrent.SynchronousQueue;

/** A thread of our own that proves that threads which can run do run. */
final class Pulse {

  private static final Pulse SHARED = new Pulse();

  private final SynchronousQueue<Boolean> there = new SynchronousQueue<>();
  private final SynchronousQueue<Boolean> back = new SynchronousQueue<>();

  private Pulse() {
    Thread thread =
        Thread.ofPlatform().daemon().name("harness-pulse").unstarted(this::answerForEver);
    Bystanders.add(thread);
    thread.start();
  }

  static Pulse shared() {
    return SHARED;
  }

  /** Wakes the thread and waits until it has run and woken this one. */
  synchronized void beat() throws InterruptedException {
    there.put(true);
    back.take();
  }

  private void answerForEver() {
    try {
      while (true) {
        back.put(there.take());
      }
    } catch (InterruptedException e) {
      // Nobody but a hostile submission interrupts this thread; without it beat() never answers and
      // the grader's far backstop ends the child.
      Thread.currentThread().interrupt();
    }
  }
}
