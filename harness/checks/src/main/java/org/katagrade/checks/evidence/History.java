package org.katagrade.checks.evidence;

import java.util.List;

/**
 * A concurrent history and, if one was recorded, the interleaving behind it.
 *
 * @param before operations that ran first, alone
 * @param threads the operations of each thread, in program order
 * @param after operations that ran last, alone
 * @param steps the interleaving, in the order it happened; may be empty
 * @param reasons why no sequential order explains the results, a sentence each
 */
public record History(
    List<Operation> before,
    List<List<Operation>> threads,
    List<Operation> after,
    List<Step> steps,
    List<String> reasons) {

  public History {
    before = List.copyOf(before);
    threads = threads.stream().map(List::copyOf).toList();
    after = List.copyOf(after);
    steps = List.copyOf(steps);
    reasons = List.copyOf(reasons);
  }
}
