package org.katagrade.races;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link Executor}s that a program writes itself, among them the samples of the Javadoc. */
final class OwnExecutors {

  private static final String GET =
      "Future: what the computation does happens before what follows get() in another thread";

  private int value;
  private int seen;

  private OwnExecutors() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  /** As in the Javadoc of {@link Executor}. */
  private static final class OneAfterTheOther implements Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Executor executor;
    private @Nullable Runnable active;

    OneAfterTheOther(Executor executor) {
      this.executor = executor;
    }

    @Override
    public synchronized void execute(Runnable task) {
      tasks.add(
          () -> {
            try {
              task.run();
            } finally {
              scheduleNext();
            }
          });
      if (active == null) {
        scheduleNext();
      }
    }

    private synchronized void scheduleNext() {
      active = tasks.poll();
      if (active != null) {
        executor.execute(active);
      }
    }
  }

  @RaceFree("Executor: what precedes execute() happens before the task, which submits the next")
  static void serialExecutor(Fork fork) throws Exception {
    OwnExecutors shared = new OwnExecutors();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      Executor serial = new OneAfterTheOther(pool);
      for (int i = 0; i < 8; i++) {
        serial.execute(() -> shared.value++);
      }
      FutureTask<Integer> last = new FutureTask<>(() -> shared.value);
      serial.execute(last);
      expect(8, last.get());
      expect(8, shared.value);
    }
  }

  private static final class NextBeforeTheTask implements Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Executor executor;
    private boolean active;

    NextBeforeTheTask(Executor executor) {
      this.executor = executor;
    }

    @Override
    public synchronized void execute(Runnable task) {
      tasks.add(
          () -> {
            scheduleNext();
            task.run();
          });
      if (!active) {
        scheduleNext();
      }
    }

    private synchronized void scheduleNext() {
      Runnable next = tasks.poll();
      active = next != null;
      if (next != null) {
        executor.execute(next);
      }
    }
  }

  @Racy
  static void nextScheduledBeforeTheTaskRan(Fork fork) {
    OwnExecutors shared = new OwnExecutors();
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      Executor serial = new NextBeforeTheTask(pool);
      serial.execute(() -> shared.increment(one, other));
      serial.execute(() -> shared.increment(other, one));
      one.await();
      other.await();
    }
  }

  private void increment(Unseen here, Unseen there) {
    // Otherwise one thread might do both.
    here.reached();
    there.await();
    value++; // race: nextScheduledBeforeTheTaskRan
  }

  @RaceFree("JLS 17.4.3: the calling thread runs the task itself")
  static void directExecutor(Fork fork) throws InterruptedException {
    OwnExecutors shared = new OwnExecutors();
    Executor direct = Runnable::run;
    shared.value = 2;
    direct.execute(() -> shared.value++);
    CompletableFuture<Void> done = CompletableFuture.runAsync(() -> shared.value++, direct);
    expect(4, shared.value);
    done.join();
    Thread thread = fork.thread(() -> direct.execute(() -> shared.value++));
    thread.start();
    thread.join();
    expect(5, shared.value);
  }

  @RaceFree(GET)
  static void threadForEachTask(Fork fork) throws Exception {
    OwnExecutors shared = new OwnExecutors();
    Executor perTask = task -> fork.thread(task).start();
    shared.value = 3;
    FutureTask<Integer> half = new FutureTask<>(() -> shared.seen = shared.value);
    perTask.execute(half);
    expect(3, half.get());
    expect(3, shared.seen);
    CompletableFuture<Integer> whole =
        CompletableFuture.supplyAsync(() -> shared.value *= 2, perTask);
    expect(6, whole.join());
    expect(6, shared.value);
  }

  @RaceFree(GET)
  static void completionServiceOverAnOwnExecutor(Fork fork) throws Exception {
    int[] cells = new int[3];
    CompletionService<Integer> service =
        new ExecutorCompletionService<>(task -> fork.thread(task).start());
    for (int i = 0; i < cells.length; i++) {
      int mine = i;
      service.submit(
          () -> {
            cells[mine] = 10 * mine;
            return mine;
          });
    }
    int sum = 0;
    for (int i = 0; i < cells.length; i++) {
      int done = service.take().get();
      sum += cells[done];
    }
    expect(30, sum);
  }

  /** One thread that takes tasks from a queue until it meets the one that means the end. */
  private static final class Worker implements Executor {
    private static final Runnable END = () -> {};

    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private int pending;

    Worker(Fork fork) {
      thread = fork.thread(Checked.task(this::work));
    }

    private void work() throws InterruptedException {
      for (Runnable task = queue.take(); task != END; task = queue.take()) {
        task.run();
      }
    }

    @Override
    public void execute(Runnable task) {
      queue.add(task);
    }

    void executeCounted(Runnable task, Unseen done) {
      pending++; // race: pendingTasksCountedWithoutLock
      execute(
          () -> {
            task.run();
            pending--; // race: pendingTasksCountedWithoutLock
            done.reached();
          });
    }

    void end() throws InterruptedException {
      queue.add(END);
      thread.join();
    }
  }

  @RaceFree("BlockingQueue: what precedes placing a task happens before what follows its removal")
  static void workerWithAQueue(Fork fork) throws InterruptedException {
    OwnExecutors shared = new OwnExecutors();
    Worker worker = new Worker(fork);
    worker.thread.start();
    for (int i = 1; i <= 4; i++) {
      OwnExecutors argument = new OwnExecutors();
      argument.value = i;
      worker.execute(() -> shared.value += argument.value);
    }
    worker.end();
    expect(10, shared.value);
  }

  @Racy
  static void pendingTasksCountedWithoutLock(Fork fork) throws InterruptedException {
    OwnExecutors shared = new OwnExecutors();
    Worker worker = new Worker(fork);
    worker.thread.start();
    Unseen first = new Unseen();
    worker.executeCounted(() -> shared.value++, first);
    first.await();
    worker.executeCounted(() -> shared.value++, new Unseen());
    worker.end();
  }
}
