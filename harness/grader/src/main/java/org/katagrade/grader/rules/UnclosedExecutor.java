package org.katagrade.grader.rules;

import java.lang.classfile.Opcode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.grader.rules.bytecode.Call;

/**
 * An executor with threads of its own, created in a submission that shuts down or closes none.
 *
 * <p>Silent if it closes any, for it cannot be told which, and if the new executor is returned:
 * then it is another's.
 */
final class UnclosedExecutor implements Pattern {

  private static final String CONCURRENT = "java.util.concurrent.";

  private static final Set<String> POOLS =
      Set.of(
          CONCURRENT + "ThreadPoolExecutor",
          CONCURRENT + "ScheduledThreadPoolExecutor",
          CONCURRENT + "ForkJoinPool");

  private static final Set<String> CLOSABLE =
      Set.of(
          "java.lang.AutoCloseable",
          CONCURRENT + "ExecutorService",
          CONCURRENT + "ScheduledExecutorService",
          CONCURRENT + "ThreadPoolExecutor",
          CONCURRENT + "ScheduledThreadPoolExecutor",
          CONCURRENT + "ForkJoinPool");

  private static final Set<String> CLOSING = Set.of("shutdown", "shutdownNow", "close");

  @Override
  public List<Frame> places(Submission submission) {
    Calls calls = submission.calls();
    boolean closesOne =
        Stream.concat(calls.sites().stream().map(Calls.Site::call), calls.references().stream())
            .anyMatch(call -> call.isTo(CLOSABLE, CLOSING));
    if (closesOne) {
      return List.of();
    }
    return calls.sites().stream()
        .filter(site -> creates(site.call()) && !isReturned(site))
        .map(site -> site.code().frame(site.index()))
        .toList();
  }

  private static boolean creates(Call call) {
    boolean pool = call.isConstructor() && POOLS.contains(call.owner());
    // An executor with a new thread for each task keeps none that would have to be ended.
    boolean factory =
        call.owner().equals(CONCURRENT + "Executors")
            && call.name().startsWith("new")
            && !call.name().endsWith("PerTaskExecutor");
    return pool || factory;
  }

  private static boolean isReturned(Calls.Site site) {
    int next = site.index() + 1;
    return next < site.code().size() && site.code().at(next).opcode() == Opcode.ARETURN;
  }
}
