package org.katagrade.checks;

/**
 * Waits in an explored run until nobody else can go on. If the check waits for that, and the run's
 * watch too, then the check goes first, since what it does then may let others go on.
 *
 * <p>Safe for use by many threads.
 */
final class Quiet {

  private final Steering steering;
  private int impatient;

  /** How often the check went on; at one such moment all wake who wait for it. */
  private int gone;

  Quiet(Steering steering) {
    this.steering = steering;
  }

  /** Waits for the check. */
  void await() {
    synchronized (this) {
      impatient++;
    }
    steering.awaitQuiet();
    synchronized (this) {
      impatient--;
      gone++;
      notifyAll();
    }
  }

  /** Waits for the watch: until nobody can go on and the check does not wait for that. */
  void awaitPatiently() throws InterruptedException {
    while (true) {
      int goneBefore = gone();
      steering.awaitQuiet();
      synchronized (this) {
        if (impatient == 0 && gone == goneBefore) {
          return;
        }
        while (impatient > 0) {
          wait();
        }
      }
    }
  }

  private synchronized int gone() {
    return gone;
  }
}
