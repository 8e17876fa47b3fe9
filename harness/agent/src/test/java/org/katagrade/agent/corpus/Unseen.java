package org.katagrade.agent.corpus;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An order in time that the detector does not see, since this class is not instrumented: with it a
 * racy program takes the same course in every run without being ordered.
 */
public final class Unseen {

  private static final int MOST_SECONDS = 60;

  private final CountDownLatch reached = new CountDownLatch(1);

  /** Lets those that wait go on. */
  public void reached() {
    reached.countDown();
  }

  /** Waits until somebody called {@link #reached()}. */
  public void await() {
    try {
      if (!reached.await(MOST_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody got there in " + MOST_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }
}
