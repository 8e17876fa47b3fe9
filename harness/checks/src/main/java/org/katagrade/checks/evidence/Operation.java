package org.katagrade.checks.evidence;

/**
 * One call in a history, in the kata's own words.
 *
 * @param call the operation with its arguments, {@code add(2)}
 * @param result what it returned, {@code void}, or the exception's simple name
 */
public record Operation(String call, String result) {

  @Override
  public String toString() {
    return call + " → " + result;
  }
}
