package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link ThreadPoolExecutor}: its methods to override, its factory, and wrappers around it. */
final class PoolsOfOnesOwn {

  private static final String SUBMIT =
      "ExecutorService: what precedes the submission happens before the task, and that before its"
          + " result is retrieved via Future.get()";

  private int value;
  private int seen;

  private PoolsOfOnesOwn() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  /** Meets in two threads, so that no thread runs both. */
  private static void meet(Unseen here, Unseen there) {
    here.reached();
    there.await();
  }

  private static final class TimedPool extends ThreadPoolExecutor {
    private final ThreadLocal<PoolsOfOnesOwn> started =
        ThreadLocal.withInitial(PoolsOfOnesOwn::new);
    private final AtomicLong total = new AtomicLong();
    private final AtomicInteger tasks = new AtomicInteger();

    TimedPool(Fork fork) {
      super(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), fork::thread);
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
      started.get().value = 3;
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable failure) {
      PoolsOfOnesOwn mine = started.get();
      total.addAndGet(mine.value);
      mine.value = 0;
      tasks.incrementAndGet();
    }
  }

  @RaceFree("ThreadPoolExecutor.beforeExecute, afterExecute: called by the task's thread")
  static void timedPool(Fork fork) throws Exception {
    TimedPool pool = new TimedPool(fork);
    for (int i = 0; i < 6; i++) {
      pool.execute(Thread::yield);
    }
    pool.close();
    expect(6, pool.tasks.get());
    expect(18, (int) pool.total.get());
  }

  private static final class CountingPool extends ThreadPoolExecutor {
    private int tasks;

    CountingPool(Fork fork) {
      super(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), fork::thread);
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable failure) {
      tasks++; // race: tasksCountedByTwoThreads
    }
  }

  @Racy
  static void tasksCountedByTwoThreads(Fork fork) {
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    try (ExecutorService pool = new CountingPool(fork)) {
      pool.execute(() -> meet(one, other));
      pool.execute(() -> meet(other, one));
    }
  }

  private static final class NumberingFactory implements ThreadFactory {
    private final Fork fork;
    private final AtomicInteger number = new AtomicInteger();
    private int made;

    NumberingFactory(Fork fork) {
      this.fork = fork;
    }

    @Override
    public Thread newThread(Runnable task) {
      Thread thread = fork.thread(task);
      thread.setName("worker " + number.incrementAndGet());
      return thread;
    }

    Thread counted(Runnable task) {
      made++; // race: threadsCountedByTheFactory
      return newThread(task);
    }
  }

  @RaceFree("AtomicInteger.incrementAndGet: memory effects of VarHandle.getAndAdd")
  static void threadsNumberedByTheFactory(Fork fork) throws InterruptedException {
    NumberingFactory factory = new NumberingFactory(fork);
    AtomicInteger ran = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, factory)) {
      Runnable use = () -> pool.execute(ran::incrementAndGet);
      TwoThreads.together(fork, use, use);
    }
    expect(2, ran.get());
    expect(2, factory.number.get());
  }

  @Racy
  static void threadsCountedByTheFactory(Fork fork) throws InterruptedException {
    NumberingFactory factory = new NumberingFactory(fork);
    try (ExecutorService pool = Executors.newFixedThreadPool(2, factory::counted)) {
      Runnable use = () -> pool.execute(() -> {});
      TwoThreads.together(fork, use, use);
    }
  }

  @RaceFree("Executors.newSingleThreadExecutor: a new thread takes over, tasks run sequentially")
  static void replacedAfterAFailure(Fork fork) throws Exception {
    PoolsOfOnesOwn shared = new PoolsOfOnesOwn();
    ThreadFactory quiet =
        task -> {
          Thread thread = fork.thread(task);
          thread.setUncaughtExceptionHandler((any, expected) -> {});
          return thread;
        };
    try (ExecutorService pool = Executors.newSingleThreadExecutor(quiet)) {
      for (int i = 0; i < 3; i++) {
        pool.execute(
            () -> {
              shared.value++;
              throw new IllegalStateException("always");
            });
      }
      expect(3, pool.submit(() -> shared.value).get());
    }
  }

  /** Restores what its user's thread knew, as libraries for tracing do. */
  private static Runnable logged(Runnable task, List<String> log) {
    return () -> {
      synchronized (log) {
        log.add("begin");
      }
      task.run();
      synchronized (log) {
        log.add("end");
      }
    };
  }

  @RaceFree(SUBMIT)
  static void wrappedTasks(Fork fork) throws Exception {
    List<String> log = new ArrayList<>();
    PoolsOfOnesOwn shared = new PoolsOfOnesOwn();
    try (ExecutorService pool =
        Executors.unconfigurableExecutorService(Executors.newFixedThreadPool(2, fork::thread))) {
      shared.value = 4;
      pool.submit(logged(() -> shared.value++, log)).get();
      expect(5, pool.submit(Executors.callable(logged(() -> {}, log), shared)).get().value);
    }
    expect(4, log.size());
  }

  @RaceFree(SUBMIT)
  static void awaitedBehindItsWrapper(Fork fork) throws Exception {
    PoolsOfOnesOwn shared = new PoolsOfOnesOwn();
    ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread);
    ExecutorService wrapper = Executors.unconfigurableExecutorService(pool);
    wrapper.execute(() -> shared.value = 5);
    wrapper.shutdown();
    pool.close();
    expect(5, shared.value);
  }

  /** To wait for the end of another pool tells nothing of this one. */
  @Racy
  static void awaitedAnotherPool(Fork fork) throws Exception {
    PoolsOfOnesOwn shared = new PoolsOfOnesOwn();
    Unseen written = new Unseen();
    ExecutorService other = Executors.newFixedThreadPool(2, fork::thread);
    try (ExecutorService wrapper =
        Executors.unconfigurableExecutorService(Executors.newFixedThreadPool(2, fork::thread))) {
      wrapper.execute(
          () -> {
            shared.value = 5; // race: awaitedAnotherPool
            written.reached();
          });
      other.close();
      written.await();
      shared.seen = shared.value; // race: awaitedAnotherPool
    }
  }

  @RaceFree(SUBMIT)
  static void taskThatSubmits(Fork fork) throws Exception {
    PoolsOfOnesOwn shared = new PoolsOfOnesOwn();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      Future<Future<Integer>> outer =
          pool.submit(
              () -> {
                shared.value = 4;
                return pool.submit(() -> ++shared.value);
              });
      expect(5, outer.get().get());
      expect(5, shared.value);
    }
  }

  @Racy
  static void innerTaskNotAwaited(Fork fork) throws Exception {
    PoolsOfOnesOwn shared = new PoolsOfOnesOwn();
    Unseen written = new Unseen();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      Future<Future<?>> outer =
          pool.submit(
              () ->
                  pool.submit(
                      () -> {
                        shared.value = 5; // race: innerTaskNotAwaited
                        written.reached();
                      }));
      Future<?> inner = outer.get();
      written.await();
      shared.seen = shared.value; // race: innerTaskNotAwaited
      inner.get();
    }
  }

  @RaceFree(SUBMIT)
  static void failureCarriesWhatItKnows(Fork fork) throws Exception {
    final class Failure extends Exception {
      private static final long serialVersionUID = 1;
      private int code;
    }

    try (ExecutorService pool = Executors.newFixedThreadPool(1, fork::thread)) {
      Future<Integer> failing =
          pool.submit(
              () -> {
                Failure failure = new Failure();
                failure.code = 7;
                throw failure;
              });
      try {
        failing.get();
        throw new AssertionError("it succeeded");
      } catch (ExecutionException e) {
        expect(7, ((Failure) e.getCause()).code);
      }
    }
  }
}
