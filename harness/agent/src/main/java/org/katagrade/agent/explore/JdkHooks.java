package org.katagrade.agent.explore;

import java.lang.ref.Cleaner;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import jdk.internal.access.JavaLangAccess;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.ThreadContainer;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK's own classes call, once they are woven. A method that returns whether it did the
 * whole of what was to be done has done nothing for a thread that is not of a run.
 */
public final class JdkHooks {

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** What a program's main thread may have in a JVM of its own. */
  private static final long FIRST_ID = 1;

  private JdkHooks() {}

  /** In place of {@link Unsafe#park}. */
  public static void park(Unsafe unsafe, boolean absolute, long time) {
    Strand me = Execution.me();
    if (me == null) {
      unsafe.park(absolute, time);
    } else if (absolute) {
      park(me, me.execution.time().until(time));
    } else {
      park(me, time == 0 ? Strand.NEVER : time);
    }
  }

  /** In place of {@link JavaLangAccess#parkVirtualThread()}. */
  public static void parkVirtualThread(JavaLangAccess access) {
    Strand me = Execution.me();
    if (me == null) {
      access.parkVirtualThread();
    } else {
      park(me, Strand.NEVER);
    }
  }

  /** In place of {@link JavaLangAccess#parkVirtualThread(long)}. */
  public static void parkVirtualThread(JavaLangAccess access, long nanos) {
    Strand me = Execution.me();
    if (me == null) {
      access.parkVirtualThread(nanos);
    } else {
      park(me, nanos);
    }
  }

  private static void park(Strand me, long nanos) {
    if (me.permit || me.thread.isInterrupted() || nanos <= 0) {
      me.permit = false;
      return;
    }
    me.execution.await(me, Strand.State.PARKED, nanos);
    me.permit = false;
  }

  /** In place of {@link Unsafe#unpark}. */
  public static void unpark(Unsafe unsafe, Object thread) {
    Strand strand = thread instanceof Thread t ? Internals.strandOf(t) : null;
    if (strand == null) {
      unsafe.unpark(thread);
    } else {
      unpark(strand);
    }
  }

  private static void unpark(Strand strand) {
    if (Execution.me() == null) {
      strand.execution.disturb("unparks", strand);
    } else {
      strand.execution.unpark(strand);
    }
  }

  /** In place of {@link JavaLangAccess#unparkVirtualThread}. */
  public static void unparkVirtualThread(JavaLangAccess access, Thread thread) {
    Strand strand = Internals.strandOf(thread);
    if (strand == null) {
      access.unparkVirtualThread(thread);
    } else {
      unpark(strand);
    }
  }

  /** In place of {@link Thread#start}. */
  public static boolean start(Thread thread) throws Throwable {
    return start(thread, null);
  }

  /** In place of the start of a thread in a container. */
  public static boolean start(Thread thread, @Nullable ThreadContainer container) throws Throwable {
    Strand me = Execution.me();
    if (me == null || !Internals.isPlayable(thread)) {
      return false;
    }
    if (!Internals.isNew(thread)) {
      throw new IllegalThreadStateException();
    }
    Internals.enter(thread, container);
    me.execution.start(me, thread);
    return true;
  }

  /** In place of {@link Thread#join(long)}. */
  public static boolean join(Thread thread, long millis) throws InterruptedException {
    return join(thread, millis, millis == 0 ? Strand.NEVER : nanos(millis)) >= 0;
  }

  /**
   * In place of the joining of a virtual thread, where 0 is for ever.
   *
   * @return 1 if the thread has ended, 0 if time ran out, -1 if nothing was done
   */
  public static int joinNanos(Thread thread, long nanos) throws InterruptedException {
    return join(thread, nanos, nanos == 0 ? Strand.NEVER : nanos);
  }

  private static int join(Thread thread, long given, long nanos) throws InterruptedException {
    Strand me = Execution.me();
    Strand other = Internals.strandOf(thread);
    if (me == null || other == null || given < 0) {
      return -1;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (other.state != Strand.State.ENDED) {
      me.joined = other;
      me.execution.await(me, Strand.State.JOINING, nanos);
      me.joined = null;
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return other.state == Strand.State.ENDED ? 1 : 0;
  }

  /** In place of {@code Thread.sleepNanos}. */
  public static boolean sleep(long nanos) throws InterruptedException {
    Strand me = Execution.me();
    if (me == null) {
      return false;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (nanos == 0) {
      me.execution.yields(me);
      return true;
    }
    me.execution.await(me, Strand.State.SLEEPING, nanos);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return true;
  }

  /** In place of {@link Thread#yield}. */
  public static boolean yields() {
    Strand me = Execution.me();
    if (me == null) {
      return false;
    }
    me.execution.yields(me);
    return true;
  }

  /** In place of {@link Thread#onSpinWait}. */
  public static void spins() {
    if (!yields()) {
      Thread.onSpinWait();
    }
  }

  /** A worker has taken a task and is about to run it. */
  public static void begins(Object task) {
    Strand me = Execution.me();
    if (me != null) {
      me.execution.step(me, Candidates.ANYTHING, false);
    }
  }

  /** In place of {@link Thread#interrupt}. */
  public static boolean interrupt(Thread thread) {
    Strand strand = Internals.strandOf(thread);
    if (strand == null) {
      return false;
    }
    Internals.setInterrupted(thread, true);
    Strand me = Execution.me();
    if (me == null) {
      strand.execution.disturb("interrupts", strand);
    } else {
      strand.execution.interrupted(strand, me);
    }
    return true;
  }

  /**
   * In place of {@code getAndClearInterrupt}.
   *
   * @return what the status was, or -1 if nothing was done
   */
  public static int clearInterrupt(Thread thread) {
    return Internals.strandOf(thread) == null
        ? -1
        : Internals.setInterrupted(thread, false) ? 1 : 0;
  }

  /** In place of {@link Thread#isAlive}; -1 if the thread is not of a run. */
  public static int alive(Thread thread) {
    Strand strand = Internals.strandOf(thread);
    return strand == null ? -1 : strand.state == Strand.State.ENDED ? 0 : 1;
  }

  /** In place of {@link Thread#getState}; null if the thread is not of a run. */
  public static Thread.@Nullable State state(Thread thread) {
    Strand strand = Internals.strandOf(thread);
    if (strand == null) {
      return null;
    }
    boolean timed = strand.wake != Strand.NEVER;
    return switch (strand.state) {
      case READY -> Thread.State.RUNNABLE;
      case MONITOR -> Thread.State.BLOCKED;
      case WAITING, PARKED, SLEEPING, JOINING, QUIET ->
          timed ? Thread.State.TIMED_WAITING : Thread.State.WAITING;
      case ENDED -> Thread.State.TERMINATED;
    };
  }

  /** In place of {@link System#nanoTime}. */
  public static long nanoTime() {
    Strand me = Execution.me();
    if (me == null) {
      return System.nanoTime();
    }
    me.execution.looksAtTheClock(me);
    return me.execution.time().nanoTime();
  }

  /** In place of {@link System#currentTimeMillis}. */
  public static long currentTimeMillis() {
    Strand me = Execution.me();
    if (me == null) {
      return System.currentTimeMillis();
    }
    me.execution.looksAtTheClock(me);
    return me.execution.time().currentTimeMillis();
  }

  /** In place of the common pool, wherever it is read. */
  public static ForkJoinPool common(ForkJoinPool common) {
    Strand me = Execution.me();
    return me == null ? common : me.execution.commonPool();
  }

  /** In place of {@link Thread#threadId}: within a run it depends on the run only. */
  public static long threadId(Thread thread) {
    Strand strand = Internals.strandOf(thread);
    return strand == null ? thread.threadId() : FIRST_ID + strand.number;
  }

  /**
   * In place of {@link Cleaner#register}: what a run leaves is left as it is, with all its locks.
   */
  public static Cleaner.Cleanable register(Cleaner cleaner, Object object, Runnable action) {
    if (Execution.me() == null) {
      return cleaner.register(object, action);
    }
    return new Cleaner.Cleanable() {

      private boolean cleaned;

      @Override
      public void clean() {
        if (!cleaned) {
          cleaned = true;
          action.run();
        }
      }
    };
  }

  /** In place of {@link Math#random}. */
  public static double random() {
    return Execution.me() == null ? Math.random() : ThreadLocalRandom.current().nextDouble();
  }

  /** In place of {@link System#exit}. */
  public static void exit(int status) {
    if (!exits("System.exit(" + status + ")")) {
      System.exit(status);
    }
  }

  /** In place of {@link Runtime#exit}. */
  public static void exit(Runtime runtime, int status) {
    if (!exits("Runtime.exit(" + status + ")")) {
      runtime.exit(status);
    }
  }

  /** In place of {@link Runtime#halt}. */
  public static void halt(Runtime runtime, int status) {
    if (!exits("Runtime.halt(" + status + ")")) {
      runtime.halt(status);
    }
  }

  /** Before something that ends only when something outside of the JVM happens. */
  public static void leavesTheJvm(String call) {
    Strand me = Execution.me();
    if (me != null) {
      me.execution.endsNow(
          me, new Ending.Abandoned("it calls " + call + ", which waits for what is outside"));
    }
  }

  private static boolean exits(String call) {
    Strand me = Execution.me();
    if (me == null) {
      return false;
    }
    me.execution.endsNow(me, new Ending.Wrong(new ExitCalled(call), Teller.nameOf(me)));
    return true;
  }

  private static long nanos(long millis) {
    return millis > Strand.NEVER / NANOS_PER_MILLI ? Strand.NEVER : millis * NANOS_PER_MILLI;
  }
}
