package org.katagrade.agent.order;

import java.util.concurrent.CountedCompleter;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.ThreadState;

/**
 * {@link CountedCompleter}: a task that is complete when its parts are. It promises no order in so
 * many words; the samples of its documentation hand results from the parts to the whole in plain
 * fields, be it in {@code onCompletion}, through {@code nextComplete} or to who joins the whole.
 */
public final class Completers {

  private Completers() {}

  /** What a part did happens before the completion of the whole, and of what it is part of. */
  static void completes(CountedCompleter<?> task) {
    for (CountedCompleter<?> each = task; each != null; each = each.getCompleter()) {
      ForkJoin.release(each);
    }
  }

  public static void tryComplete(CountedCompleter<Object> task) {
    completes(task);
    task.tryComplete();
  }

  public static void propagateCompletion(CountedCompleter<Object> task) {
    completes(task);
    task.propagateCompletion();
  }

  public static void complete(CountedCompleter<Object> task, Object result) {
    completes(task);
    task.complete(result);
  }

  public static void quietlyCompleteRoot(CountedCompleter<Object> task) {
    completes(task);
    task.quietlyCompleteRoot();
  }

  /** "If this task's pending count is zero, returns this task": nobody else will complete it. */
  public static @Nullable CountedCompleter<?> firstComplete(CountedCompleter<Object> task) {
    completes(task);
    return last(task.firstComplete());
  }

  /** The same of "this task's completer". */
  public static @Nullable CountedCompleter<?> nextComplete(CountedCompleter<Object> task) {
    completes(task);
    return last(task.nextComplete());
  }

  /** "If this task's pending count is nonzero, (atomically) decrements it." */
  public static int decrementPendingCountUnlessZero(CountedCompleter<Object> task) {
    completes(task);
    int before = task.decrementPendingCountUnlessZero();
    if (before == 0) {
      last(task);
    }
    return before;
  }

  /** The thread is the last to come to this task. */
  private static @Nullable CountedCompleter<?> last(@Nullable CountedCompleter<?> task) {
    if (task != null) {
      Order.of(task).acquire(ThreadState.current());
    }
    return task;
  }
}
