package org.katagrade.checks;

/** The harness failed; never the fault of the submission. */
public final class HarnessError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HarnessError(String message) {
    super(message);
  }
}
