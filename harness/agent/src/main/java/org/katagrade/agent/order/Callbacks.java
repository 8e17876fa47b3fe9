package org.katagrade.agent.order;

import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.RunningTask;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;

/** Functions that are handed to the JDK, which runs them later or in another thread. */
public final class Callbacks {

  /** What surrounds a run of a function. */
  interface Carrier {

    /** Before it, with the function's first argument if that is an object. */
    void begin(@Nullable Object first, ThreadState thread);

    /** After it, also if it threw, with its result if that is an object. */
    void end(@Nullable Object first, @Nullable Object result, ThreadState thread);
  }

  /** Runs after what its giver did before, and before what acquires from the same place. */
  static final class Task implements Carrier {

    final SyncVar order = new SyncVar();
    private final @Nullable Executor executor;

    Task(ThreadState giver) {
      this(giver, null);
    }

    Task(ThreadState giver, @Nullable Executor executor) {
      this.executor = executor;
      order.release(giver);
    }

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      thread.running = new RunningTask(order, executor, thread.running);
      order.acquire(thread);
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      RunningTask running = thread.running;
      thread.running = running == null ? null : running.outer();
      order.release(thread);
    }
  }

  private static final Set<String> OTHERS =
      Set.of(
          "Ljava/lang/Runnable;",
          "Ljava/util/concurrent/Callable;",
          "Ljava/util/stream/Collector;");

  private Callbacks() {}

  /** Whether a parameter of this type takes a function. */
  public static boolean isFunction(String descriptor) {
    return descriptor.startsWith("Ljava/util/function/") || OTHERS.contains(descriptor);
  }

  /** A task given to the constructor of a JDK object; {@link #constructed} says which. */
  @Guarded
  public static @Nullable Object carried(@Nullable Object task) {
    if (task == null) {
      return null;
    }
    ThreadState thread = ThreadState.current();
    Task carrier = new Task(thread);
    thread.given = carrier.order;
    return carried(task, carrier);
  }

  /** The object that got the last task given by this thread. */
  @Guarded
  public static void constructed(Object object, ThreadState thread) {
    SyncVar order = thread.given;
    if (order != null) {
      thread.given = null;
      Order.alias(object, order);
    }
  }

  /** The function, run within the carrier. */
  static <F> F carried(F function, Carrier carrier) {
    return CarriedFunction.of(function, carrier);
  }
}
