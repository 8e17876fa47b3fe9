package org.katagrade.agent.order;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;

/**
 * Calls of {@link Future} and {@link CompletableFuture} that look at the result, or give it; what
 * makes new stages is in {@link Futures}.
 */
public final class FutureCalls {

  private FutureCalls() {}

  public static Object get(Future<Object> future) throws InterruptedException, ExecutionException {
    try {
      return future.get();
    } finally {
      Futures.done(future);
    }
  }

  public static Object get(Future<Object> future, long time, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return future.get(time, unit);
    } finally {
      Futures.done(future);
    }
  }

  public static Object resultNow(Future<Object> future) {
    Object result = future.resultNow();
    Futures.done(future);
    return result;
  }

  public static Throwable exceptionNow(Future<Object> future) {
    Throwable exception = future.exceptionNow();
    Futures.done(future);
    return exception;
  }

  public static boolean isDone(Future<Object> future) {
    boolean done = future.isDone();
    if (done) {
      Futures.acquire(future, ThreadState.current());
    }
    return done;
  }

  public static boolean isCancelled(Future<Object> future) {
    boolean cancelled = future.isCancelled();
    Futures.done(future);
    return cancelled;
  }

  public static Future.State state(Future<Object> future) {
    Future.State state = future.state();
    if (state != Future.State.RUNNING) {
      Futures.acquire(future, ThreadState.current());
    }
    return state;
  }

  public static Object join(CompletableFuture<Object> future) {
    try {
      return future.join();
    } finally {
      Futures.done(future);
    }
  }

  public static Object getNow(CompletableFuture<Object> future, Object otherwise) {
    try {
      return future.getNow(otherwise);
    } finally {
      Futures.done(future);
    }
  }

  public static boolean isCompletedExceptionally(CompletableFuture<Object> future) {
    boolean failed = future.isCompletedExceptionally();
    Futures.done(future);
    return failed;
  }

  public static boolean complete(CompletableFuture<Object> future, Object value) {
    return completed(future, () -> future.complete(value));
  }

  public static boolean completeExceptionally(
      CompletableFuture<Object> future, Throwable exception) {
    return completed(future, () -> future.completeExceptionally(exception));
  }

  /** "Forcibly sets or resets the value subsequently returned by method get()". */
  public static void obtrudeValue(CompletableFuture<Object> future, Object value) {
    Order.of(future).release(ThreadState.current());
    future.obtrudeValue(value);
  }

  /** "Forcibly causes subsequent invocations of method get() … to throw the given exception." */
  public static void obtrudeException(CompletableFuture<Object> future, Throwable exception) {
    Order.of(future).release(ThreadState.current());
    future.obtrudeException(exception);
  }

  public static boolean cancel(Future<Object> future, boolean interrupt) {
    return completed(future, () -> future.cancel(interrupt));
  }

  /** Only the attempt that succeeds is seen by those who get the result. */
  private static boolean completed(Future<?> future, BooleanSupplier attempt) {
    ThreadState thread = ThreadState.current();
    SyncVar order = Order.of(future);
    thread.beginWrite(order);
    boolean succeeded = attempt.getAsBoolean();
    thread.endWrite(order, succeeded, false);
    return succeeded;
  }
}
