package org.katagrade.agent.order;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.ThreadState;

/** What only a {@link ForkJoinPool} has, beside what it is as an executor: see there. */
public final class ForkJoinPools {

  private ForkJoinPools() {}

  public static Object invoke(ForkJoinPool pool, ForkJoinTask<Object> task) {
    ForkJoin.release(task);
    try {
      return pool.invoke(task);
    } finally {
      ForkJoin.acquire(task);
    }
  }

  public static void execute(ForkJoinPool pool, ForkJoinTask<Object> task) {
    ForkJoin.release(task);
    pool.execute(task);
  }

  public static ForkJoinTask<Object> submit(ForkJoinPool pool, ForkJoinTask<Object> task) {
    ForkJoin.release(task);
    return pool.submit(task);
  }

  public static ForkJoinTask<Object> externalSubmit(ForkJoinPool pool, ForkJoinTask<Object> task) {
    ForkJoin.release(task);
    return pool.externalSubmit(task);
  }

  public static ForkJoinTask<Object> lazySubmit(ForkJoinPool pool, ForkJoinTask<Object> task) {
    ForkJoin.release(task);
    return pool.lazySubmit(task);
  }

  public static ForkJoinTask<?> submit(ForkJoinPool pool, Runnable task) {
    Callbacks.Task order = Executors.task(pool);
    return Executors.known(pool.submit(Executors.carried(task, pool, order)), order);
  }

  public static ForkJoinTask<Object> submit(ForkJoinPool pool, Callable<Object> task) {
    Callbacks.Task order = Executors.task(pool);
    return Executors.known(pool.submit(Executors.carried(task, pool, order)), order);
  }

  public static ForkJoinTask<Object> submit(ForkJoinPool pool, Runnable task, Object result) {
    Callbacks.Task order = Executors.task(pool);
    return Executors.known(pool.submit(Executors.carried(task, pool, order), result), order);
  }

  /** On timeout runs the handler, or cancels the task. */
  public static ForkJoinTask<Object> submitWithTimeout(
      ForkJoinPool pool,
      Callable<Object> task,
      long time,
      TimeUnit unit,
      @Nullable Consumer<? super ForkJoinTask<Object>> onTimeout) {
    Callbacks.Task order = Executors.task(pool);
    Consumer<? super ForkJoinTask<Object>> handler =
        onTimeout == null
            ? onTimeout
            : Callbacks.carried(onTimeout, new Callbacks.Task(ThreadState.current()));
    return Executors.known(
        pool.submitWithTimeout(Executors.carried(task, pool, order), time, unit, handler), order);
  }

  public static List<Future<Object>> invokeAllUninterruptibly(
      ForkJoinPool pool, Collection<? extends Callable<Object>> tasks) {
    Callbacks.Task order = Executors.task(pool);
    List<Future<Object>> futures =
        pool.invokeAllUninterruptibly(Executors.carried(tasks, pool, order));
    Executors.ended(order, futures);
    return futures;
  }
}
