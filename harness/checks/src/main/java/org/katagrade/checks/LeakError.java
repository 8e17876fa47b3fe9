package org.katagrade.checks;

import org.katagrade.checks.evidence.Leak;

/** Something was left behind. */
public final class LeakError extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final transient Leak leak;

  LeakError(Leak leak) {
    super(leak.summary());
    this.leak = leak;
  }

  public Leak leak() {
    return leak;
  }
}
