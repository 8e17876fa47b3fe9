package org.katagrade.grader.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.grader.rules.bytecode.Call;
import org.katagrade.grader.rules.bytecode.Code;

/**
 * A thread that waits once and then believes what it waited for.
 *
 * <p>Silent if the wait is in any loop, or in a method that is called from one or handed over to
 * somebody who may have one.
 */
final class WaitOutsideLoop implements Pattern {

  @Override
  public List<Frame> places(Submission submission) {
    return submission.calls().sites().stream()
        .filter(site -> isWait(site.call()))
        .filter(site -> !mayRepeat(submission.calls(), site, new HashSet<>()))
        .map(site -> site.code().frame(site.index()))
        .toList();
  }

  private static boolean isWait(Call call) {
    return call.isObjects("wait")
        || Locks.awaits(call)
        || call.isTo("java.util.concurrent.locks.LockSupport", "park");
  }

  private static boolean mayRepeat(Calls calls, Calls.Site site, Set<Code> visited) {
    Code method = site.code();
    if (site.code().flow().inLoop(site.index()) || calls.isHandedOver(method)) {
      return true;
    }
    return visited.add(method)
        && calls.sitesOf(method).stream().anyMatch(caller -> mayRepeat(calls, caller, visited));
  }
}
