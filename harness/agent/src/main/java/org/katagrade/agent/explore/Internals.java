package org.katagrade.agent.explore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CountDownLatch;
import jdk.internal.misc.InnocuousThread;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.StackableScope;
import jdk.internal.vm.ThreadContainer;
import jdk.internal.vm.ThreadContainers;
import jdk.internal.vm.annotation.ChangesCurrentThread;
import jdk.internal.vm.annotation.DontInline;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK keeps of its threads. Names of the JDK's private parts stand here; if one is not
 * there in another release, loading this class fails, and {@link Explorer#unavailable} says so.
 */
final class Internals {

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();

  /** As the JVM has them: alive and runnable, and terminated. */
  private static final int RUNNABLE = 5;

  private static final int TERMINATED = 2;

  /** As {@code VirtualThread} has them. */
  private static final int VIRTUAL_NEW = 0;

  private static final int VIRTUAL_RUNNING = 2;

  private static final long STATUS;
  private static final long HOLDER;
  private static final long STRAND;
  private static final long INTERRUPTED;
  private static final long VIRTUAL_STATE;
  private static final long VIRTUAL_CONTINUATION;
  private static final long VIRTUAL_TERMINATION;
  private static final long CONTINUATION_TARGET;
  private static final long VIRTUAL_TASK;
  private static final MethodHandle SET_CURRENT;
  private static final MethodHandle EXIT;
  private static final MethodHandle RUN_WITH;
  private static final MethodHandle BINDINGS;
  private static final MethodHandle SET_CONTAINER;
  private static final MethodHandle CONTAINER;
  private static final MethodHandle INHERIT;
  private static final MethodHandle CLEAR_REFERENCES;

  static {
    try {
      Class<?> virtual = Class.forName("java.lang.VirtualThread");
      HOLDER = UNSAFE.objectFieldOffset(Thread.class, "holder");
      STATUS =
          UNSAFE.objectFieldOffset(Class.forName("java.lang.Thread$FieldHolder"), "threadStatus");
      // Of use only for threads that carry others, which none of ours does.
      STRAND = UNSAFE.objectFieldOffset(Thread.class, "cont");
      INTERRUPTED = UNSAFE.objectFieldOffset(Thread.class, "interrupted");
      VIRTUAL_STATE = UNSAFE.objectFieldOffset(virtual, "state");
      VIRTUAL_CONTINUATION = UNSAFE.objectFieldOffset(virtual, "cont");
      VIRTUAL_TERMINATION = UNSAFE.objectFieldOffset(virtual, "termination");
      CONTINUATION_TARGET = UNSAFE.objectFieldOffset(Continuation.class, "target");
      VIRTUAL_TASK =
          UNSAFE.objectFieldOffset(
              Class.forName("java.lang.VirtualThread$VThreadContinuation$1"), "val$task");
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
      SET_CURRENT = find(lookup, "setCurrentThread", void.class, Thread.class);
      EXIT = find(lookup, "exit", void.class);
      RUN_WITH = find(lookup, "runWith", void.class, Object.class, Runnable.class);
      BINDINGS =
          lookup.findStatic(
              Thread.class, "scopedValueBindings", MethodType.methodType(Object.class));
      SET_CONTAINER = find(lookup, "setThreadContainer", void.class, ThreadContainer.class);
      CONTAINER = find(lookup, "threadContainer", ThreadContainer.class);
      INHERIT = find(lookup, "inheritScopedValueBindings", void.class, ThreadContainer.class);
      CLEAR_REFERENCES = find(lookup, "clearReferences", void.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Internals() {}

  private static MethodHandle find(
      MethodHandles.Lookup lookup, String name, Class<?> returned, Class<?>... parameters)
      throws ReflectiveOperationException {
    return lookup.findVirtual(Thread.class, name, MethodType.methodType(returned, parameters));
  }

  /** Who plays this thread; null if it is no thread of a run. */
  static @Nullable Strand strandOf(Thread thread) {
    return UNSAFE.getReferenceAcquire(thread, STRAND) instanceof Strand strand ? strand : null;
  }

  /**
   * Makes the carrier, which is the caller, be another thread, or itself again.
   *
   * <p>Not to be inlined: where HotSpot's C2 compiler does, what the caller wrote to fields before
   * is lost, and a strand runs that nobody has said is running.
   */
  @DontInline
  @ChangesCurrentThread
  static void become(Thread carrier, Thread thread) {
    try {
      SET_CURRENT.invokeExact(carrier, thread);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot play " + thread, e);
    }
  }

  /** Whether the thread has not been started. */
  static boolean isNew(Thread thread) {
    return thread.isVirtual()
        ? UNSAFE.getIntVolatile(thread, VIRTUAL_STATE) == VIRTUAL_NEW
        : UNSAFE.getIntVolatile(UNSAFE.getReference(thread, HOLDER), STATUS) == 0;
  }

  /**
   * Whether such a thread is to be played. Those that the JDK has for itself serve the whole JVM,
   * whoever needs them first.
   */
  static boolean isPlayable(Thread thread) {
    return !(thread instanceof InnocuousThread);
  }

  /** Makes the thread one that has been started, and that this strand plays. */
  static void begin(Thread thread, Strand strand) {
    UNSAFE.putReferenceRelease(thread, STRAND, strand);
    if (thread.isVirtual()) {
      UNSAFE.putIntVolatile(thread, VIRTUAL_STATE, VIRTUAL_RUNNING);
    } else {
      UNSAFE.putIntVolatile(UNSAFE.getReference(thread, HOLDER), STATUS, RUNNABLE);
    }
  }

  /** Puts the thread into the container of the executor or scope that starts it, if any. */
  static void enter(Thread thread, @Nullable ThreadContainer container) throws Throwable {
    if (container == null || container == ThreadContainers.root()) {
      if (thread.isVirtual()) {
        SET_CONTAINER.invokeExact(thread, ThreadContainers.root());
      }
      return;
    }
    SET_CONTAINER.invokeExact(thread, container);
    container.add(thread);
    INHERIT.invokeExact(thread, container);
  }

  /** Does what the thread does; called in it. */
  @SuppressWarnings("DoNotCall") // the calling thread is that thread
  static void run(Thread thread) throws Throwable {
    if (thread.isVirtual()) {
      Object bindings = (Object) BINDINGS.invokeExact();
      RUN_WITH.invokeExact(thread, bindings, task(thread));
    } else {
      thread.run();
    }
  }

  private static Runnable task(Thread virtual) {
    Object continuation = UNSAFE.getReference(virtual, VIRTUAL_CONTINUATION);
    Object target = UNSAFE.getReference(continuation, CONTINUATION_TARGET);
    return (Runnable) UNSAFE.getReference(target, VIRTUAL_TASK);
  }

  /** What the JDK does when a thread has run; called in it. */
  static void exit(Thread thread) throws Throwable {
    if (!thread.isVirtual()) {
      EXIT.invokeExact(thread);
      return;
    }
    StackableScope.popAll();
  }

  /** Makes the thread one that has ended; called in it, when nothing of its own is left to do. */
  static void end(Thread thread) throws Throwable {
    if (!thread.isVirtual()) {
      UNSAFE.putIntVolatile(UNSAFE.getReference(thread, HOLDER), STATUS, TERMINATED);
      return;
    }
    UNSAFE.putIntVolatile(thread, VIRTUAL_STATE, 99);
    if (UNSAFE.getReferenceVolatile(thread, VIRTUAL_TERMINATION) instanceof CountDownLatch latch) {
      latch.countDown();
    }
    ThreadContainer container = (ThreadContainer) CONTAINER.invokeExact(thread);
    if (container != null && container != ThreadContainers.root()) {
      container.remove(thread);
    }
    CLEAR_REFERENCES.invokeExact(thread);
  }

  /** Sets or clears the thread's interrupt status, and returns what it was. */
  static boolean setInterrupted(Thread thread, boolean to) {
    boolean before = UNSAFE.getBooleanVolatile(thread, INTERRUPTED);
    if (before != to) {
      UNSAFE.putBooleanVolatile(thread, INTERRUPTED, to);
    }
    return before;
  }
}
