package org.katagrade.checks;

import java.util.function.BooleanSupplier;

/**
 * Waits for a state that threads of the submission bring about.
 *
 * <p>Not for a length of time: it gives up when no thread of this JVM can go on any more, so do not
 * wait for the clock with it.
 */
public final class Eventually {

  private Eventually() {}

  /**
   * Waits until something holds; fails with the threads as they stand once nobody is left who could
   * bring it about.
   *
   * @param what what is expected, as in "expected three jobs to be done"
   */
  public static void holds(String what, BooleanSupplier state) throws InterruptedException {
    Surroundings surroundings = Surroundings.current();
    Surroundings.Impasse impasse = surroundings.awaitState(state);
    if (impasse != null) {
      surroundings.scene().rethrowFailure();
      throw impasse.error("expected " + what);
    }
  }
}
