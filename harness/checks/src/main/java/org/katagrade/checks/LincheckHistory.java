package org.katagrade.checks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.kotlinx.lincheck.strategy.IncorrectResultsFailure;
import org.jetbrains.kotlinx.lincheck.strategy.LincheckFailure;
import org.jetbrains.kotlinx.lincheck.trace.CodeLocationTracePoint;
import org.jetbrains.kotlinx.lincheck.trace.LoopEndTracePoint;
import org.jetbrains.kotlinx.lincheck.trace.LoopIterationTracePoint;
import org.jetbrains.kotlinx.lincheck.trace.LoopStartTracePoint;
import org.jetbrains.kotlinx.lincheck.trace.MethodCallTracePoint;
import org.jetbrains.kotlinx.lincheck.trace.MethodReturnTracePoint;
import org.jetbrains.kotlinx.lincheck.trace.SectionDelimiterTracePoint;
import org.jetbrains.kotlinx.lincheck.trace.SwitchEventTracePoint;
import org.jetbrains.kotlinx.lincheck.trace.SwitchReason;
import org.jetbrains.kotlinx.lincheck.trace.Trace;
import org.jetbrains.kotlinx.lincheck.trace.TraceNode;
import org.jetbrains.kotlinx.lincheck.trace.TracePoint;
import org.jetbrains.kotlinx.lincheck.trace.TraceReporter;
import org.jetbrains.kotlinx.lincheck.util.ExceptionResult;
import org.jetbrains.kotlinx.lincheck.util.LincheckResult;
import org.jetbrains.lincheck.util.LincheckAnalysisAbortedError;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.History;
import org.katagrade.checks.evidence.Operation;
import org.katagrade.checks.evidence.Step;

/**
 * Translates a failure of Lincheck 3.7 into a history in the kata's own words.
 *
 * <p>The members it reads are public in the class files and internal by intent: the version is
 * pinned, and a test of the model lane fails if another version differs.
 */
final class LincheckHistory {

  private static final Set<String> LOCKING = Set.of("lock", "lockInterruptibly");

  private LincheckHistory() {}

  static History of(LincheckFailure failure, Class<?> specification, List<Operation> beginning) {
    ExecutionScenario scenario = failure.getScenario();
    ExecutionResult results = failure.getResults();
    List<List<Call>> threads = new ArrayList<>();
    for (int i = 0; i < scenario.getParallelExecution().size(); i++) {
      List<LincheckResult> ends = new ArrayList<>();
      if (i < results.getParallelResultsWithClock().size()) {
        for (ResultWithClock end : results.getParallelResultsWithClock().get(i)) {
          ends.add(end.getResult());
        }
      }
      threads.add(calls(i, scenario.getParallelExecution().get(i), ends));
    }
    List<Call> before = calls(0, scenario.getInitExecution(), results.getInitResults());
    List<Call> after = calls(0, scenario.getPostExecution(), results.getPostResults());
    List<String> reasons =
        failure instanceof IncorrectResultsFailure
            ? new SequentialOrders(new Specification(specification), before, threads, after)
                .reasons()
            : List.of();
    return new History(
        Stream.concat(beginning.stream(), operations(before).stream()).toList(),
        threads.stream().map(LincheckHistory::operations).toList(),
        operations(after),
        steps(failure),
        reasons);
  }

  /**
   * Whether every thread that did not end waits for a lock: stands in a call that takes one of
   * {@code java.util.concurrent.locks}, or for a monitor. Lincheck sees the instructions inside the
   * former go round and calls that a livelock; to its caller it is a deadlock.
   */
  static boolean everybodyWaitsForALock(LincheckFailure failure) {
    Trace trace = failure.getTrace();
    if (trace == null) {
      return false;
    }
    Set<Integer> stopped = new HashSet<>();
    Set<Integer> waiting = new HashSet<>();
    Map<Integer, TracePoint> last = new HashMap<>();
    for (TracePoint point : trace.getTrace()) {
      if (!(point instanceof MethodReturnTracePoint)) {
        last.put(point.getIThread(), point);
      }
      if (point instanceof MethodCallTracePoint call
          && call.getThrownException() instanceof LincheckAnalysisAbortedError) {
        stopped.add(call.getIThread());
        if (call.getClassName().startsWith("java.util.concurrent.locks.")
            && LOCKING.contains(call.getMethodName())) {
          waiting.add(call.getIThread());
        }
      }
    }
    last.forEach(
        (thread, point) -> {
          if (stopped.contains(thread) && isForMonitor(point)) {
            waiting.add(thread);
          }
        });
    return !waiting.isEmpty() && waiting.equals(stopped);
  }

  /** Whether a thread that did nothing after this waits to have a monitor, or to have it again. */
  private static boolean isForMonitor(TracePoint point) {
    return point instanceof SwitchEventTracePoint blocked
        && (blocked.getReason() instanceof SwitchReason.LockWait
            || blocked.getReason() instanceof SwitchReason.MonitorWait);
  }

  private static List<Operation> operations(List<Call> calls) {
    return calls.stream().map(Call::operation).toList();
  }

  /** The calls of a thread, which no other thread's call is known to be before or after. */
  private static List<Call> calls(
      int thread, List<Actor> actors, List<? extends LincheckResult> results) {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < actors.size(); i++) {
      Actor actor = actors.get(i);
      calls.add(
          new Call(
              thread,
              new Invocation(actor.getMethod(), actor.getArguments()),
              0,
              Call.NEVER,
              i < results.size() ? end(results.get(i)) : null));
    }
    return calls;
  }

  /** What a call returned or threw, in words; null if Lincheck ended it. */
  private static @Nullable String end(@Nullable LincheckResult result) {
    if (result instanceof ExceptionResult thrown) {
      Throwable exception = thrown.getThrowable();
      if (exception instanceof LinkageError || exception instanceof ClassNotFoundException) {
        throw new HarnessError("a class could not be found under Lincheck: " + exception);
      }
      return exception.getClass().getName().startsWith("org.jetbrains.")
          ? null
          : exception.getClass().getSimpleName();
    }
    return result == null ? null : String.valueOf(result);
  }

  private static List<Step> steps(LincheckFailure failure) {
    if (failure.getTrace() == null) {
      return List.of();
    }
    TraceReporter reporter =
        new TraceReporter(failure.getTrace().deepCopy(), failure.getAnalysisProfile$lincheck());
    List<TraceNode> nodes = new ArrayList<>();
    for (List<TraceNode> column : reporter.getTree()) {
      for (TraceNode root : column) {
        collect(root, nodes);
      }
    }
    nodes.sort(Comparator.comparingInt(TraceNode::getEventNumber));
    return nodes.stream().map(LincheckHistory::step).toList();
  }

  private static void collect(TraceNode node, List<TraceNode> into) {
    if (!isForLincheckOnly(node.getTracePoint())) {
      into.add(node);
    }
    for (TraceNode child : node.getChildren()) {
      collect(child, into);
    }
  }

  /** Where a part of the scenario or a round of a loop begins or ends: nothing that is done. */
  private static boolean isForLincheckOnly(TracePoint point) {
    return point instanceof SectionDelimiterTracePoint
        || point instanceof LoopStartTracePoint
        || point instanceof LoopIterationTracePoint
        || point instanceof LoopEndTracePoint;
  }

  private static Step step(TraceNode node) {
    TracePoint point = node.getTracePoint();
    return new Step(node.getIThread(), text(point), place(point));
  }

  private static String text(TracePoint point) {
    if (point instanceof SwitchEventTracePoint) {
      return "switch";
    }
    return point.toString$lincheck(false, true);
  }

  private static @Nullable Frame place(TracePoint point) {
    boolean root = point instanceof MethodCallTracePoint call && call.isRootCall();
    if (root
        || !(point instanceof CodeLocationTracePoint located)
        || located.getCodeLocation() < 0) {
      return null;
    }
    StackTraceElement at = located.getStackTraceElement();
    // What a synchronized method does to its monitor stands in no line, which Lincheck calls 0.
    return new Frame(
        at.getClassName().replace('/', '.'),
        at.getMethodName(),
        at.getFileName(),
        at.getLineNumber() > 0 ? at.getLineNumber() : Frame.NO_LINE);
  }
}
