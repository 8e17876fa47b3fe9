package org.katagrade.checks.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a child is asked to do.
 *
 * @param token a secret that marks every event as the child's own
 * @param checksType binary name of the class of hidden checks
 * @param checks ids of the checks to run, in order
 * @param seed what every random choice follows from
 * @param traceStarts whether to record by which call threads are started
 * @param sought what the checks are run for
 * @param explored ids of those checks that are to be explored, and not run with real threads
 * @param schedule the one schedule to explore them under, in the explorer's short form; null to
 *     look for one under which they fail
 * @param stateless whether the classes keep nothing from one check to the next, so that they need
 *     be loaded only once
 * @param contract classes of the contract, which both sides see
 * @param hidden classes of the hidden checks, which the submission does not see
 * @param theirs classes of the submission
 * @param named names of the classes beyond these that the submission names, and may
 */
public record Job(
    String token,
    String checksType,
    List<String> checks,
    long seed,
    boolean traceStarts,
    Sought sought,
    List<String> explored,
    @Nullable String schedule,
    boolean stateless,
    List<ClassBytes> contract,
    List<ClassBytes> hidden,
    List<ClassBytes> theirs,
    List<String> named) {

  public Job {
    checks = List.copyOf(checks);
    explored = List.copyOf(explored);
    contract = List.copyOf(contract);
    hidden = List.copyOf(hidden);
    theirs = List.copyOf(theirs);
    named = List.copyOf(named);
  }
}
