package org.katagrade.grader.rules;

import java.lang.classfile.Opcode;
import java.util.List;
import java.util.Set;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.grader.rules.bytecode.Call;
import org.katagrade.grader.rules.bytecode.Code;

/**
 * A call whose result alone says whether it did anything, and which nobody looks at.
 *
 * <p>Of the many {@code offer} methods only those with a timeout and those of queues that always
 * have a bound: others never fail.
 */
final class IgnoredResult implements Pattern {

  private static final String CONCURRENT = "java.util.concurrent.";

  private static final Set<String> BOUNDED =
      Set.of(CONCURRENT + "ArrayBlockingQueue", CONCURRENT + "SynchronousQueue");

  private static final Set<String> EXECUTORS =
      Set.of(
          CONCURRENT + "ExecutorService",
          CONCURRENT + "ScheduledExecutorService",
          CONCURRENT + "ThreadPoolExecutor",
          CONCURRENT + "ScheduledThreadPoolExecutor",
          CONCURRENT + "ForkJoinPool");

  @Override
  public List<Frame> places(Submission submission) {
    return submission.calls().sites().stream()
        .filter(site -> saysWhether(site.call()))
        .filter(site -> isDropped(site.code(), site.index()))
        .map(site -> site.code().frame(site.index()))
        .toList();
  }

  private static boolean isDropped(Code code, int index) {
    if (index + 1 >= code.size()) {
      return false;
    }
    Opcode next = code.at(index + 1).opcode();
    return next == Opcode.POP || next == Opcode.POP2;
  }

  private static boolean saysWhether(Call call) {
    String owner = call.owner();
    return switch (call.name()) {
      case "tryLock" -> Locks.LOCKS.contains(owner);
      case "validate", "tryOptimisticRead", "tryReadLock", "tryWriteLock" ->
          owner.equals(CONCURRENT + "locks.StampedLock");
      case "tryAcquire" -> owner.equals(CONCURRENT + "Semaphore");
      case "await" -> owner.equals(CONCURRENT + "CountDownLatch");
      case "awaitTermination" -> EXECUTORS.contains(owner);
      case "offer" -> offerMayFail(call);
      default -> false;
    };
  }

  private static boolean offerMayFail(Call call) {
    boolean timed = call.type().parameterCount() == 3 && call.owner().startsWith(CONCURRENT);
    return timed || BOUNDED.contains(call.owner());
  }
}
