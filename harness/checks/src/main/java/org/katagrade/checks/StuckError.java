package org.katagrade.checks;

import org.katagrade.checks.evidence.Standstill;

/** No thread of a check can go on. */
public final class StuckError extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final transient Standstill standstill;

  StuckError(String message, Standstill standstill) {
    super(message);
    this.standstill = standstill;
  }

  public Standstill standstill() {
    return standstill;
  }
}
