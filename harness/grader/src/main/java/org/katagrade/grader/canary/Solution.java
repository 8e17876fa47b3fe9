package org.katagrade.grader.canary;

/** Wrong in every way that is looked for: it loses counts, races for them and does not clear. */
public final class Solution implements Tally {

  private int total;

  @Override
  public void count() {
    total++;
  }

  @Override
  public void clear() {}

  @Override
  public int total() {
    return total;
  }
}
