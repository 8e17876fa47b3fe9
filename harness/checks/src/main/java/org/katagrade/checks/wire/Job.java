package org.katagrade.checks.wire;

import java.util.List;

/**
 * What a child is asked to do.
 *
 * @param token a secret that marks every event as the child's own
 * @param checksType binary name of the class of hidden checks
 * @param checks ids of the checks to run, in order
 * @param seed what every random choice follows from
 * @param traceStarts whether to record by which call threads are started
 * @param races whether the agent is there and its findings are wanted
 * @param contract classes of the contract, which both sides see
 * @param hidden classes of the hidden checks, which the submission does not see
 * @param theirs classes of the submission
 */
public record Job(
    String token,
    String checksType,
    List<String> checks,
    long seed,
    boolean traceStarts,
    boolean races,
    List<ClassBytes> contract,
    List<ClassBytes> hidden,
    List<ClassBytes> theirs) {

  public Job {
    checks = List.copyOf(checks);
    contract = List.copyOf(contract);
    hidden = List.copyOf(hidden);
    theirs = List.copyOf(theirs);
  }
}
