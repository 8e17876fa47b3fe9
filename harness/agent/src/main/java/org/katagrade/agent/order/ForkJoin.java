package org.katagrade.agent.order;

import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.ThreadState;

/**
 * {@link ForkJoinTask}: "Memory consistency effects" as of a {@link java.util.concurrent.Future}:
 * what was done before {@code fork} happens before the task, and the task before what follows
 * {@code join}. The task itself is woven: its {@code compute} begins and ends with this order.
 */
public final class ForkJoin {

  private ForkJoin() {}

  static void release(ForkJoinTask<?> task) {
    if (task != null) {
      Order.of(task).release(ThreadState.current());
    }
  }

  static void acquire(ForkJoinTask<?> task) {
    if (task != null && task.isDone()) {
      Order.of(task).acquire(ThreadState.current());
    }
  }

  public static ForkJoinTask<Object> fork(ForkJoinTask<Object> task) {
    release(task);
    return task.fork();
  }

  public static Object join(ForkJoinTask<Object> task) {
    try {
      return task.join();
    } finally {
      acquire(task);
    }
  }

  public static Object invoke(ForkJoinTask<Object> task) {
    try {
      return task.invoke();
    } finally {
      acquire(task);
    }
  }

  public static void quietlyJoin(ForkJoinTask<Object> task) {
    task.quietlyJoin();
    acquire(task);
  }

  public static void quietlyInvoke(ForkJoinTask<Object> task) {
    task.quietlyInvoke();
    acquire(task);
  }

  public static Object getRawResult(ForkJoinTask<Object> task) {
    Object result = task.getRawResult();
    acquire(task);
    return result;
  }

  public static boolean isCompletedNormally(ForkJoinTask<Object> task) {
    boolean completed = task.isCompletedNormally();
    acquire(task);
    return completed;
  }

  public static boolean isCompletedAbnormally(ForkJoinTask<Object> task) {
    boolean completed = task.isCompletedAbnormally();
    acquire(task);
    return completed;
  }

  public static @Nullable Throwable getException(ForkJoinTask<Object> task) {
    Throwable exception = task.getException();
    acquire(task);
    return exception;
  }

  public static boolean quietlyJoin(ForkJoinTask<Object> task, long time, TimeUnit unit)
      throws InterruptedException {
    boolean completed = task.quietlyJoin(time, unit);
    acquire(task);
    return completed;
  }

  public static boolean quietlyJoinUninterruptibly(
      ForkJoinTask<Object> task, long time, TimeUnit unit) {
    boolean completed = task.quietlyJoinUninterruptibly(time, unit);
    acquire(task);
    return completed;
  }

  public static void complete(ForkJoinTask<Object> task, Object result) {
    release(task);
    task.complete(result);
  }

  public static void quietlyComplete(ForkJoinTask<Object> task) {
    release(task);
    task.quietlyComplete();
  }

  public static void completeExceptionally(ForkJoinTask<Object> task, Throwable exception) {
    release(task);
    task.completeExceptionally(exception);
  }

  @Instead(of = ForkJoinTask.class)
  public static ForkJoinTask<?> adapt(Runnable task) {
    Callbacks.Task order = new Callbacks.Task(ThreadState.current());
    return known(ForkJoinTask.adapt(Callbacks.carried(task, order)), order);
  }

  @Instead(of = ForkJoinTask.class)
  public static ForkJoinTask<Object> adapt(Runnable task, Object result) {
    Callbacks.Task order = new Callbacks.Task(ThreadState.current());
    return known(ForkJoinTask.adapt(Callbacks.carried(task, order), result), order);
  }

  @Instead(of = ForkJoinTask.class)
  public static ForkJoinTask<Object> adapt(Callable<Object> task) {
    Callbacks.Task order = new Callbacks.Task(ThreadState.current());
    return known(ForkJoinTask.adapt(Callbacks.carried(task, order)), order);
  }

  @Instead(of = ForkJoinTask.class)
  public static ForkJoinTask<?> adaptInterruptible(Runnable task) {
    Callbacks.Task order = new Callbacks.Task(ThreadState.current());
    return known(ForkJoinTask.adaptInterruptible(Callbacks.carried(task, order)), order);
  }

  @Instead(of = ForkJoinTask.class)
  public static ForkJoinTask<Object> adaptInterruptible(Runnable task, Object result) {
    Callbacks.Task order = new Callbacks.Task(ThreadState.current());
    return known(ForkJoinTask.adaptInterruptible(Callbacks.carried(task, order), result), order);
  }

  @Instead(of = ForkJoinTask.class)
  public static ForkJoinTask<Object> adaptInterruptible(Callable<Object> task) {
    Callbacks.Task order = new Callbacks.Task(ThreadState.current());
    return known(ForkJoinTask.adaptInterruptible(Callbacks.carried(task, order)), order);
  }

  private static <T extends ForkJoinTask<?>> T known(T task, Callbacks.Task order) {
    Order.alias(task, order.order);
    return task;
  }

  @Instead(of = ForkJoinTask.class)
  public static void invokeAll(ForkJoinTask<Object> one, ForkJoinTask<Object> other) {
    release(one);
    release(other);
    try {
      ForkJoinTask.invokeAll(one, other);
    } finally {
      acquire(one);
      acquire(other);
    }
  }

  @Instead(of = ForkJoinTask.class)
  public static void invokeAll(ForkJoinTask<?>[] tasks) {
    for (ForkJoinTask<?> task : tasks) {
      release(task);
    }
    try {
      ForkJoinTask.invokeAll(tasks);
    } finally {
      for (ForkJoinTask<?> task : tasks) {
        acquire(task);
      }
    }
  }

  @Instead(of = ForkJoinTask.class)
  public static Collection<ForkJoinTask<Object>> invokeAll(Collection<ForkJoinTask<Object>> tasks) {
    tasks.forEach(ForkJoin::release);
    try {
      return ForkJoinTask.invokeAll(tasks);
    } finally {
      tasks.forEach(ForkJoin::acquire);
    }
  }
}
