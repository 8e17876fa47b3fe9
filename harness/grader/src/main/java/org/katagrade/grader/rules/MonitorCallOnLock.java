package org.katagrade.grader.rules;

import java.util.List;
import java.util.Set;
import org.katagrade.checks.evidence.Frame;

/** Methods of every object's monitor called on an object that has methods like them of its own. */
final class MonitorCallOnLock implements Pattern {

  private static final Set<String> MONITOR = Set.of("wait", "notify", "notifyAll");

  private static final Set<String> HAVE_AWAIT =
      Set.of("java.util.concurrent.CountDownLatch", "java.util.concurrent.CyclicBarrier");

  @Override
  public List<Frame> places(Submission submission) {
    return submission.calls().sites().stream()
        .filter(site -> MONITOR.stream().anyMatch(site.call()::isObjects))
        .filter(site -> isMistaken(site.code().receiver(site.index(), site.call()).typeName()))
        .map(site -> site.code().frame(site.index()))
        .toList();
  }

  private static boolean isMistaken(String receiver) {
    return Locks.isLockOrCondition(receiver) || HAVE_AWAIT.contains(receiver);
  }
}
