package org.katagrade.checks;

import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Operation;

/**
 * A call in a history.
 *
 * @param begun when it was made, on a clock that counts what happens
 * @param ended when it returned; {@link #NEVER} if it has not
 * @param result what it returned or threw, in words; null if it has not
 */
record Call(int thread, Invocation invocation, int begun, int ended, @Nullable String result) {

  static final int NEVER = Integer.MAX_VALUE;

  private static final String DID_NOT_END = "did not end";

  /** Whether it has not returned, and may have taken effect or not. */
  boolean isPending() {
    return result == null;
  }

  /** Whether it was over before the other began, so that no order has it later. */
  boolean precedes(Call other) {
    return ended < other.begun;
  }

  /** It and its end, for a report. */
  Operation operation() {
    return new Operation(invocation.toString(), result == null ? DID_NOT_END : result);
  }
}
