package org.katagrade.checks;

import org.katagrade.checks.evidence.History;

/**
 * A controlled run in which operations did not end: they wait for each other, or ran further than a
 * check follows them.
 */
public final class HangError extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final boolean running;
  private final transient History history;

  HangError(String message, boolean running, History history) {
    super(message);
    this.running = running;
    this.history = history;
  }

  /** Whether threads still run, as opposed to waiting. */
  public boolean running() {
    return running;
  }

  public History history() {
    return history;
  }
}
