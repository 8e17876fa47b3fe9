package org.katagrade.agent.order;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.ByClass;
import org.katagrade.agent.race.RunningTask;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;

/**
 * {@link ExecutorService}: "Actions in a thread prior to the submission of a Runnable or Callable
 * task to an ExecutorService happen-before any actions taken by that task, which in turn
 * happen-before the result is retrieved via Future.get()." An executor that has terminated has run
 * its tasks to the end, and who saw that comes after them.
 *
 * <p>An executor written outside the JDK gets no order from its interface: its own code is woven,
 * and has to keep the promise.
 */
public final class Executors {

  private static final String STOPS = "stops";

  private static final ByClass<Boolean> KEEPS_THE_PROMISE =
      new ByClass<>() {
        @Override
        protected Boolean compute(Class<?> type) {
          try {
            return JdkObject.isJdk(type.getMethod("execute", Runnable.class).getDeclaringClass());
          } catch (NoSuchMethodException e) {
            return false;
          }
        }
      };

  /** A task that also tells its executor of its end. */
  private record PoolTask(Callbacks.Task task, SyncVar executor, boolean inOrder)
      implements Callbacks.Carrier {

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      task.begin(first, thread);
      if (inOrder) {
        executor.acquire(thread);
      }
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      task.end(first, result, thread);
      executor.join(task.order.clock());
    }
  }

  private Executors() {}

  /** "Tasks are guaranteed to execute sequentially", also if a new thread has to take over. */
  private static boolean isSequential(Executor executor) {
    return executor.getClass().getName().endsWith("$AutoShutdownDelegatedExecutorService");
  }

  static boolean keepsThePromise(Executor executor) {
    return KEEPS_THE_PROMISE.get(executor.getClass());
  }

  static Callbacks.@Nullable Task task(Executor executor) {
    return keepsThePromise(executor) ? new Callbacks.Task(ThreadState.current(), executor) : null;
  }

  static <F> F carried(F function, Executor executor, Callbacks.@Nullable Task task) {
    if (task == null || function == null) {
      return function;
    }
    Callbacks.Carrier carrier = new PoolTask(task, Order.of(executor), isSequential(executor));
    return showsTasks(executor) && GivenTasks.give(function, carrier)
        ? function
        : Callbacks.carried(function, carrier);
  }

  /** One that runs a task again and again tells of the first run only. */
  private static boolean showsTasks(Executor executor) {
    return executor instanceof ThreadPoolExecutor
        && !(executor instanceof ScheduledThreadPoolExecutor);
  }

  static <T extends Future<?>> T known(T future, Callbacks.@Nullable Task task) {
    if (task != null && future != null) {
      Order.alias(future, task.order);
    }
    return future;
  }

  public static void execute(Executor executor, Runnable command) {
    if (command instanceof ForkJoinTask<?> task) {
      Order.of(task).release(ThreadState.current());
      executor.execute(command);
      return;
    }
    Callbacks.Task order = command == null ? null : task(executor);
    if (order != null && Callbacks.runs(command, Order.of(executor))) {
      executor.execute(command);
      return;
    }
    try {
      executor.execute(carried(command, executor, order));
    } catch (RejectedExecutionException e) {
      GivenTasks.takeBack(command);
      throw e;
    }
  }

  public static Future<?> submit(ExecutorService executor, Runnable task) {
    Callbacks.Task order = task(executor);
    return known(executor.submit(carried(task, executor, order)), order);
  }

  public static Future<Object> submit(ExecutorService executor, Runnable task, Object result) {
    Callbacks.Task order = task(executor);
    return known(executor.submit(carried(task, executor, order), result), order);
  }

  public static Future<Object> submit(ExecutorService executor, Callable<Object> task) {
    Callbacks.Task order = task(executor);
    return known(executor.submit(carried(task, executor, order)), order);
  }

  public static List<Future<Object>> invokeAll(
      ExecutorService executor, Collection<? extends Callable<Object>> tasks)
      throws InterruptedException {
    Callbacks.Task order = task(executor);
    List<Future<Object>> futures = executor.invokeAll(carried(tasks, executor, order));
    ended(order, futures);
    return futures;
  }

  public static List<Future<Object>> invokeAll(
      ExecutorService executor,
      Collection<? extends Callable<Object>> tasks,
      long time,
      TimeUnit unit)
      throws InterruptedException {
    Callbacks.Task order = task(executor);
    List<Future<Object>> futures = executor.invokeAll(carried(tasks, executor, order), time, unit);
    ended(order, futures);
    return futures;
  }

  public static Object invokeAny(
      ExecutorService executor, Collection<? extends Callable<Object>> tasks)
      throws InterruptedException, ExecutionException {
    List<Candidate> candidates = candidates(tasks, executor);
    Object result = executor.invokeAny(candidates == null ? tasks : callables(tasks, candidates));
    won(candidates, result);
    return result;
  }

  public static Object invokeAny(
      ExecutorService executor,
      Collection<? extends Callable<Object>> tasks,
      long time,
      TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<Candidate> candidates = candidates(tasks, executor);
    Object result =
        executor.invokeAny(candidates == null ? tasks : callables(tasks, candidates), time, unit);
    won(candidates, result);
    return result;
  }

  static Collection<? extends Callable<Object>> carried(
      Collection<? extends Callable<Object>> tasks,
      Executor executor,
      Callbacks.@Nullable Task order) {
    if (order == null || tasks == null) {
      return tasks;
    }
    SyncVar start = new SyncVar();
    start.join(order.order.clock());
    List<Callable<Object>> all = new ArrayList<>();
    for (Callable<Object> task : tasks) {
      all.add(
          task == null
              ? task
              : Callbacks.carried(task, new OneOfMany(start, order.order, executor)));
    }
    return all;
  }

  /** One of those of which the first to succeed is taken; the others are nobody's business. */
  private static final class Candidate implements Callbacks.Carrier {

    private final Callbacks.Task task;
    private volatile @Nullable Object result;

    Candidate(Executor executor) {
      task = new Callbacks.Task(ThreadState.current(), executor);
    }

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      task.begin(first, thread);
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object value, ThreadState thread) {
      task.end(first, value, thread);
      result = value;
    }
  }

  private static @Nullable List<Candidate> candidates(
      @Nullable Collection<? extends Callable<Object>> tasks, Executor executor) {
    return tasks != null && keepsThePromise(executor)
        ? tasks.stream().map(task -> new Candidate(executor)).toList()
        : null;
  }

  private static List<Callable<Object>> callables(
      Collection<? extends Callable<Object>> tasks, List<Candidate> candidates) {
    List<Callable<Object>> all = new ArrayList<>();
    for (Callable<Object> task : tasks) {
      all.add(task == null ? task : Callbacks.carried(task, candidates.get(all.size())));
    }
    return all;
  }

  private static void won(@Nullable List<Candidate> candidates, @Nullable Object result) {
    if (candidates != null) {
      candidates.stream()
          .filter(candidate -> candidate.result == result)
          .forEach(candidate -> candidate.task.order.acquire(ThreadState.current()));
    }
  }

  /** The tasks of one call run beside each other: each after the call, none after another. */
  private record OneOfMany(SyncVar start, SyncVar end, Executor executor)
      implements Callbacks.Carrier {

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      thread.running = new RunningTask(start, executor, thread.running);
      start.acquire(thread);
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      RunningTask running = thread.running;
      thread.running = running == null ? null : running.outer();
      end.release(thread);
    }
  }

  static void ended(Callbacks.@Nullable Task order, List<Future<Object>> futures) {
    if (order != null) {
      order.order.acquire(ThreadState.current());
      futures.forEach(future -> Order.alias(future, order.order));
    }
  }

  /** What those who stop an executor pass on to the tasks that they interrupt. */
  static SyncVar stops(Executor executor) {
    return Order.of(executor, STOPS);
  }

  /** "There are no guarantees beyond best-effort attempts to stop … via Thread.interrupt()". */
  public static List<Runnable> shutdownNow(ExecutorService executor) {
    if (!keepsThePromise(executor)) {
      return executor.shutdownNow();
    }
    stops(executor).release(ThreadState.current());
    List<Runnable> waiting = new ArrayList<>(executor.shutdownNow());
    waiting.replaceAll(CarriedFunction::unwrapped);
    waiting.forEach(GivenTasks::takeBack);
    return waiting;
  }

  /** Of a task that was wrapped, the wrapper is in the queue. */
  public static boolean remove(ThreadPoolExecutor executor, Runnable task) {
    GivenTasks.takeBack(task);
    if (executor.remove(task)) {
      return true;
    }
    for (Runnable waiting : executor.getQueue()) {
      if (CarriedFunction.unwrapped(waiting) == task) {
        return executor.remove(waiting);
      }
    }
    return false;
  }

  /**
   * "Returns an object that delegates all defined ExecutorService methods to the given executor".
   */
  @Instead(of = java.util.concurrent.Executors.class)
  public static ExecutorService unconfigurableExecutorService(ExecutorService executor) {
    ExecutorService delegate =
        java.util.concurrent.Executors.unconfigurableExecutorService(executor);
    Order.same(delegate, executor);
    return delegate;
  }

  /** As {@link #unconfigurableExecutorService}. */
  @Instead(of = java.util.concurrent.Executors.class)
  public static ScheduledExecutorService unconfigurableScheduledExecutorService(
      ScheduledExecutorService executor) {
    ScheduledExecutorService delegate =
        java.util.concurrent.Executors.unconfigurableScheduledExecutorService(executor);
    Order.same(delegate, executor);
    return delegate;
  }

  private static void terminated(ExecutorService executor) {
    if (executor.isTerminated() && keepsThePromise(executor)) {
      Order.of(executor).acquire(ThreadState.current());
    }
  }

  public static boolean awaitTermination(ExecutorService executor, long time, TimeUnit unit)
      throws InterruptedException {
    boolean ended = executor.awaitTermination(time, unit);
    terminated(executor);
    return ended;
  }

  public static boolean isTerminated(ExecutorService executor) {
    boolean ended = executor.isTerminated();
    terminated(executor);
    return ended;
  }

  public static void close(ExecutorService executor) {
    executor.close();
    terminated(executor);
  }

  public static ScheduledFuture<?> schedule(
      ScheduledExecutorService executor, Runnable task, long delay, TimeUnit unit) {
    Callbacks.Task order = task(executor);
    return known(executor.schedule(carried(task, executor, order), delay, unit), order);
  }

  public static ScheduledFuture<Object> schedule(
      ScheduledExecutorService executor, Callable<Object> task, long delay, TimeUnit unit) {
    Callbacks.Task order = task(executor);
    return known(executor.schedule(carried(task, executor, order), delay, unit), order);
  }

  /** "Successive executions … happen-before", as {@link ScheduledExecutorService} says. */
  public static ScheduledFuture<?> scheduleAtFixedRate(
      ScheduledExecutorService executor, Runnable task, long delay, long period, TimeUnit unit) {
    Callbacks.Task order = task(executor);
    return known(
        executor.scheduleAtFixedRate(carried(task, executor, order), delay, period, unit), order);
  }

  public static ScheduledFuture<?> scheduleWithFixedDelay(
      ScheduledExecutorService executor, Runnable task, long delay, long pause, TimeUnit unit) {
    Callbacks.Task order = task(executor);
    return known(
        executor.scheduleWithFixedDelay(carried(task, executor, order), delay, pause, unit), order);
  }

  // CompletionService: "Actions in a thread prior to submitting a task to a
  // CompletionService happen-before actions taken by that task, which in turn happen-before actions
  // following a successful return from the corresponding take()."

  public static Future<Object> submit(CompletionService<Object> service, Callable<Object> task) {
    Callbacks.Task order = new Callbacks.Task(ThreadState.current());
    return known(
        service.submit(
            task == null
                ? task
                : Callbacks.carried(task, new PoolTask(order, Order.of(service), false))),
        order);
  }

  public static Future<Object> submit(
      CompletionService<Object> service, Runnable task, Object result) {
    Callbacks.Task order = new Callbacks.Task(ThreadState.current());
    return known(
        service.submit(
            task == null
                ? task
                : Callbacks.carried(task, new PoolTask(order, Order.of(service), false)),
            result),
        order);
  }

  public static Future<Object> take(CompletionService<Object> service) throws InterruptedException {
    return taken(service.take());
  }

  public static @Nullable Future<Object> poll(CompletionService<Object> service) {
    return taken(service.poll());
  }

  public static @Nullable Future<Object> poll(
      CompletionService<Object> service, long time, TimeUnit unit) throws InterruptedException {
    return taken(service.poll(time, unit));
  }

  private static <T extends @Nullable Future<?>> T taken(T future) {
    if (future != null) {
      Order.of(future).acquire(ThreadState.current());
    }
    return future;
  }
}
