package org.katagrade.agent.order;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.race.RunningTask;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.ThreadTable;

/** {@link Thread} (JLS 17.4.4 and 17.4.5). */
public final class Threads {

  private Threads() {}

  /** "A call to start() on a thread happens-before any actions in the started thread." */
  public static void start(Thread thread) {
    starting(thread);
    thread.start();
  }

  /** As {@link #start(Thread)}, before {@code super.start()}. */
  static void starting(Thread thread) {
    ThreadTable.starts(thread, ThreadState.current());
  }

  /** As {@link #start(Thread)}. */
  public static Thread start(Thread.Builder builder, Runnable task) {
    Thread thread = builder.unstarted(task);
    start(thread);
    return thread;
  }

  /** As {@link #start(Thread)}. */
  public static Thread start(Thread.Builder.OfPlatform builder, Runnable task) {
    return start((Thread.Builder) builder, task);
  }

  /** As {@link #start(Thread)}. */
  public static Thread start(Thread.Builder.OfVirtual builder, Runnable task) {
    return start((Thread.Builder) builder, task);
  }

  /** As {@link #start(Thread)}. */
  @Instead(of = Thread.class)
  public static Thread startVirtualThread(Runnable task) {
    return start(Thread.ofVirtual(), task);
  }

  /**
   * "All actions in a thread happen-before any other thread successfully returns from a join()."
   */
  public static void join(Thread thread) throws InterruptedException {
    thread.join();
    ended(thread);
  }

  /** As {@link #join(Thread)}, if the thread has ended. */
  public static void timedJoin(TimeUnit unit, Thread thread, long timeout)
      throws InterruptedException {
    unit.timedJoin(thread, timeout);
    ended(thread);
  }

  /** As {@link #join(Thread)}, if the thread has ended. */
  public static void join(Thread thread, long millis) throws InterruptedException {
    thread.join(millis);
    ended(thread);
  }

  /** As {@link #join(Thread)}, if the thread has ended. */
  public static void join(Thread thread, long millis, int nanos) throws InterruptedException {
    thread.join(millis, nanos);
    ended(thread);
  }

  /** As {@link #join(Thread)}, if the thread has ended. */
  public static boolean join(Thread thread, Duration limit) throws InterruptedException {
    boolean ended = thread.join(limit);
    ended(thread);
    return ended;
  }

  /** "T2 may accomplish this by calling T1.isAlive() or T1.join()." */
  public static boolean isAlive(Thread thread) {
    boolean alive = thread.isAlive();
    ended(thread);
    return alive;
  }

  /** The state of a thread that has ended tells as much as {@link #isAlive}. */
  public static Thread.State getState(Thread thread) {
    Thread.State state = thread.getState();
    ended(thread);
    return state;
  }

  /**
   * "If thread T1 interrupts thread T2, the interrupt by T1 synchronizes-with any point where …"
   */
  public static void interrupt(Thread thread) {
    ThreadTable.interrupts(thread).release(ThreadState.current());
    thread.interrupt();
  }

  /** "… any other thread (including T2) determines that T2 has been interrupted." */
  public static boolean isInterrupted(Thread thread) {
    boolean interrupted = thread.isInterrupted();
    if (interrupted && thread == Thread.currentThread()) {
      noticed(ThreadState.current());
    } else if (interrupted) {
      ThreadTable.interrupts(thread).acquire(ThreadState.current());
    }
    return interrupted;
  }

  /** As {@link #isInterrupted}. */
  @Instead(of = Thread.class)
  public static boolean interrupted() {
    boolean interrupted = Thread.interrupted();
    if (interrupted) {
      noticed(ThreadState.current());
    }
    return interrupted;
  }

  /**
   * The thread has noticed that it is interrupted, perhaps by the JDK on behalf of another. {@code
   * Future.cancel}: "… whether the thread executing this task should be interrupted"; {@code
   * ThreadPoolExecutor.shutdownNow}: "interrupts tasks via Thread.interrupt".
   */
  static void noticed(ThreadState thread) {
    ThreadTable.interrupts(Thread.currentThread()).acquire(thread);
    for (RunningTask task = thread.running; task != null; task = task.outer()) {
      task.order().acquire(thread);
      Executor executor = task.executor();
      if (executor != null) {
        Executors.stops(executor).acquire(thread);
      }
    }
  }

  private static void ended(Thread thread) {
    if (thread.getState() == Thread.State.TERMINATED) {
      ThreadTable.ended(thread, ThreadState.current());
    }
  }
}
