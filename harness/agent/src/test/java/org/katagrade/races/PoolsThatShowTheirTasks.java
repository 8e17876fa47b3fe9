package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Pools whose queues and hooks see the very tasks that were given to them. */
final class PoolsThatShowTheirTasks {

  private static final String SUBMIT =
      "ExecutorService: before the submission, the task, after Future.get() or termination";

  private PoolsThatShowTheirTasks() {}

  private static void expect(Object expected, Object actual) {
    if (!actual.equals(expected)) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  /** A task with a priority. */
  private static final class Job implements Runnable, Comparable<Job> {
    private final int priority;
    private int done;

    Job(int priority) {
      this.priority = priority;
    }

    @Override
    public void run() {
      done++; // race: jobReadBeforeItsEnd, jobChangedAfterItWasGiven
    }

    @Override
    public int compareTo(Job other) {
      return Integer.compare(priority, other.priority);
    }
  }

  /** A pool that counts what its tasks have done, and adds up at its end. */
  private static final class Counting extends ThreadPoolExecutor {
    private final List<Job> before = new ArrayList<>();
    private int atTheEnd;

    Counting(Fork fork, BlockingQueue<Runnable> queue) {
      super(1, 1, 0, TimeUnit.SECONDS, queue, fork::thread);
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
      before.add((Job) task);
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable failure) {
      ((Job) task).done += 10;
    }

    @Override
    protected void terminated() {
      for (Job job : before) {
        atTheEnd += job.done; // race: addedUpWithoutAwaiting
      }
    }
  }

  @RaceFree(SUBMIT)
  static void sortedByPriority(Fork fork) throws InterruptedException {
    Counting pool = new Counting(fork, new PriorityBlockingQueue<>());
    for (int i = 4; i > 0; i--) {
      Job job = new Job(i);
      job.done = 100;
      pool.execute(job);
    }
    pool.close();
    expect(444, pool.atTheEnd);
  }

  @Racy
  static void addedUpWithoutAwaiting(Fork fork) throws InterruptedException {
    Counting pool = new Counting(fork, new PriorityBlockingQueue<>());
    pool.execute(new Job(1));
    pool.shutdown();
    TwoThreads.inTurn(
        fork,
        () -> {
          while (pool.getPoolSize() > 0) {
            Thread.yield();
          }
        },
        () -> pool.atTheEnd = 0); // race: addedUpWithoutAwaiting
  }

  @Racy
  static void jobReadBeforeItsEnd(Fork fork) {
    Job job = new Job(1);
    try (ExecutorService pool = Executors.newFixedThreadPool(1, fork::thread)) {
      pool.execute(job);
      expect(1, job.priority + 0 * job.done); // race: jobReadBeforeItsEnd
    }
  }

  @Racy
  static void jobChangedAfterItWasGiven(Fork fork) {
    Job job = new Job(1);
    Unseen free = new Unseen();
    try (ExecutorService pool = Executors.newFixedThreadPool(1, fork::thread)) {
      pool.execute(free::await);
      pool.execute(job);
      job.done = 5; // race: jobChangedAfterItWasGiven
      pool.execute(job);
      free.reached();
    }
  }

  @RaceFree("ThreadPoolExecutor.remove, shutdownNow: of tasks that were never begun")
  static void takenBack(Fork fork) throws InterruptedException {
    Job job = new Job(1);
    int[] cells = new int[1];
    Runnable lambda = () -> cells[0]++;
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    pool.execute(
        () -> {
          begun.countDown();
          while (free.getCount() > 0) {
            Thread.onSpinWait();
          }
        });
    begun.await();
    for (Runnable task : List.of(job, lambda)) {
      pool.execute(task);
      expect(true, pool.remove(task));
      pool.execute(task);
    }
    expect(List.of(job, lambda), pool.shutdownNow());
    free.countDown();
    job.run();
    lambda.run();
    expect(2, job.done + cells[0]);
  }

  /** A future that is sorted as its task is. */
  private static final class Sorted<T> extends FutureTask<T> implements Comparable<Sorted<T>> {
    private final int priority;

    Sorted(int priority, Callable<T> task) {
      super(task);
      this.priority = priority;
    }

    @Override
    public int compareTo(Sorted<T> other) {
      return Integer.compare(priority, other.priority);
    }
  }

  private static final class Question implements Callable<Integer> {
    private final int[] cells;
    private final int mine;

    Question(int[] cells, int mine) {
      this.cells = cells;
      this.mine = mine;
    }

    @Override
    public Integer call() {
      return ++cells[mine];
    }
  }

  @RaceFree(SUBMIT)
  static void futuresOfOnesOwn(Fork fork) throws Exception {
    int[] cells = {5, 6, 7};
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), fork::thread) {
          @Override
          protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
            Object question = task;
            return new Sorted<>(((Question) question).mine, task);
          }
        };
    expect(6, pool.submit(new Question(cells, 0)).get());
    expect(6, cells[0]);
    cells[1] = 8;
    Sorted<Integer> sorted = new Sorted<>(1, new Question(cells, 1));
    pool.execute(sorted);
    expect(9, sorted.get());
    expect(9, cells[1]);
    cells[2] = 8;
    pool.execute(new Sorted<>(1, new Question(cells, 2)));
    pool.close();
    expect(9, cells[2]);
  }

  /** A thread that a factory makes, and a pool starts. */
  private static final class Worker extends Thread {
    private int tasks;

    Worker(Runnable task) {
      super(task);
      tasks = 1;
    }

    @Override
    public void run() {
      tasks++; // race: workerChangedAfterItWasStarted
      super.run();
    }
  }

  @RaceFree("JLS 17.4.5: start() comes before the thread, also if a pool calls it")
  static void workersOfAFactory(Fork fork) throws Exception {
    List<Worker> made = new ArrayList<>();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            1,
            task -> {
              Worker worker = new Worker(task);
              made.add(worker);
              return worker;
            });
    expect(2, pool.submit(() -> made.getFirst().tasks).get());
    pool.close();
    ExecutorService other = Executors.newFixedThreadPool(1, Worker::new);
    other.execute(() -> {});
    other.close();
  }

  @Racy
  static void workerChangedAfterItWasStarted(Fork fork) {
    List<Worker> made = new ArrayList<>();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            1,
            task -> {
              made.add(new Worker(task));
              return made.getFirst();
            })) {
      pool.execute(() -> {});
      made.getFirst().tasks = 0; // race: workerChangedAfterItWasStarted
    }
  }
}
