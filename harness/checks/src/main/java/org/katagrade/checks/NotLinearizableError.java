package org.katagrade.checks;

import org.katagrade.checks.evidence.History;

/** A concurrent history that no sequential order explains. */
public final class NotLinearizableError extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final transient History history;

  NotLinearizableError(String message, History history) {
    super(message);
    this.history = history;
  }

  public History history() {
    return history;
  }
}
