package org.katagrade.checks.evidence;

/**
 * One call in a history, in the kata's own words.
 *
 * @param call the operation with its arguments, {@code add(2)}
 * @param result what it returned, {@code void}, or the exception's simple name; empty if nobody
 *     recorded that
 */
public record Operation(String call, String result) {

  /** A call of which only the words are known. */
  public static Operation told(String call) {
    return new Operation(call, "");
  }

  @Override
  public String toString() {
    return result.isEmpty() ? call : call + " → " + result;
  }
}
