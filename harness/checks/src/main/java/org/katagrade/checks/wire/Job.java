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
 * @param ours classes of the contract and the hidden checks
 * @param theirs classes of the submission
 */
public record Job(
    String token,
    String checksType,
    List<String> checks,
    long seed,
    boolean traceStarts,
    List<ClassBytes> ours,
    List<ClassBytes> theirs) {

  public Job {
    checks = List.copyOf(checks);
    ours = List.copyOf(ours);
    theirs = List.copyOf(theirs);
  }
}
