package org.katagrade.agent.order;

import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.ThreadState;

/** What woven code tells of monitors and exceptions. */
public final class Hooks {

  /** More than any hook takes. */
  private static final int FRAMES = 100;

  private Hooks() {}

  /**
   * Before a block's monitor is locked. If the stack is about to overflow it does so here: there is
   * no more unlocking once a hook beside the unlocking has no room to be called.
   */
  public static void makeRoom(ThreadState thread) {
    if (thread.isDeep()) {
      probe(FRAMES);
    }
  }

  private static int probe(int frames) {
    return frames == 0 ? 0 : 1 + probe(frames - 1);
  }

  /** The thread has locked a monitor (JLS 17.4.4). */
  @Guarded
  public static void enterMonitor(Object monitor, int site, ThreadState thread) {
    Order.ofLock(monitor, thread).acquire(thread);
    thread.call = site;
    thread.took(monitor, monitor, false);
  }

  /** The thread is about to unlock a monitor. */
  @Guarded
  public static void exitMonitor(@Nullable Object monitor, ThreadState thread) {
    if (monitor != null) {
      thread.gave(monitor, false);
      Order.ofLock(monitor, thread).release(thread);
    }
  }

  /** What waits. */
  @FunctionalInterface
  public interface Waiting {

    void run() throws InterruptedException;
  }

  /**
   * {@code Object.wait}: an unlock and, before it returns, a lock of the monitor (JLS 17.2.1).
   *
   * @param owned whether the calling thread owns the monitor; if not, it will not wait
   */
  public static void around(Object monitor, boolean owned, Waiting waiting)
      throws InterruptedException {
    ThreadState thread = ThreadState.current();
    if (owned) {
      Order.of(monitor).release(thread);
    }
    try {
      waiting.run();
    } finally {
      if (owned) {
        Order.of(monitor).acquire(thread);
      }
    }
  }

  /** A subscriber's method begins. */
  @Guarded
  public static void beginSignal(Object subscriber, @Nullable Object item, ThreadState thread) {
    Publishers.begins(subscriber, item, thread);
  }

  /**
   * A thread was made, and may be started by the JDK, for whom {@link
   * java.util.concurrent.ThreadFactory} makes it: "A call to start() on a thread happens-before any
   * actions in the started thread" (JLS 17.4.5). If the program starts it, it says so again.
   */
  @Guarded
  public static void made(@Nullable Object thread, ThreadState by) {
    if (thread instanceof Thread made && made.getState() == Thread.State.NEW) {
      Threads.starting(made);
    }
  }

  /** A thread is about to be started by {@code super.start()}. */
  @Guarded
  public static void starting(Thread thread) {
    Threads.starting(thread);
  }

  /** After {@code super.lock()} or the like in a lock that extends one of the JDK's. */
  @Guarded
  public static void tookSuper(boolean taken, Lock lock) {
    Locks.tookSuper(taken, lock);
  }

  /** Before {@code super.unlock()}. */
  @Guarded
  public static void givesSuper(Lock lock) {
    Locks.givesSuper(lock);
  }

  /** After {@code super.get()} or the like in a future that extends one of the JDK's. */
  @Guarded
  public static void gotSuper(Future<?> future) {
    Futures.done(future);
  }

  /** The JDK begins to run a task, which the object is, or a method of a pool around one. */
  @Guarded
  public static void beginTask(Object task, ThreadState thread) {
    if (task instanceof Phaser phaser) {
      Phasers.advances(phaser, thread);
    } else if (!(task instanceof ThreadPoolExecutor)) {
      Order.of(task).acquire(thread);
    }
  }

  /** The JDK, or somebody else, begins to run a task; what is returned is for {@link #endRun}. */
  @Guarded
  public static @Nullable Object beginRun(Object task, ThreadState thread) {
    return GivenTasks.begin(task, thread);
  }

  /** The run has ended. */
  @Guarded
  public static void endRun(@Nullable Object given, ThreadState thread) {
    GivenTasks.end(given, thread);
  }

  /** "Method invoked when the Executor has terminated": all its tasks have come to their ends. */
  @Guarded
  public static void terminates(Object executor, ThreadState thread) {
    Order.of(executor).acquire(thread);
  }

  /** The JDK asks a task for its result, perhaps for somebody who joins it. */
  @Guarded
  public static void beginResult(Object task, ThreadState thread) {
    if (((ForkJoinTask<?>) task).isDone()) {
      Order.of(task).acquire(thread);
    }
  }

  /** The task has ended. */
  @Guarded
  public static void endTask(Object task, ThreadState thread) {
    if (task instanceof CountedCompleter<?> completer) {
      Completers.completes(completer);
    } else if (task instanceof Phaser phaser) {
      Phasers.advanced(phaser, thread);
    } else {
      Order.of(task).release(thread);
    }
  }

  /**
   * The thread has caught something, in a method that it entered at this depth. JLS 17.4.4: an
   * interrupt synchronizes with any point where a thread determines that it has been interrupted.
   */
  @Guarded
  public static void caught(Throwable thrown, ThreadState thread, int depth) {
    thread.back(depth);
    thread.comparesNothing();
    if (thrown instanceof InterruptedException) {
      Threads.noticed(thread);
    }
  }
}
