package org.katagrade.agent.order;

import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.RunningTask;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.WeakIdentityMap;

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

    /** The end of a task that was not given to an executor by itself, but within a future. */
    private volatile @Nullable SyncVar end;

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
      SyncVar outer = end;
      if (outer != null) {
        outer.join(order.clock());
      }
    }
  }

  /** The tasks within futures that the program has made. */
  private static final WeakIdentityMap<Object, Task> WITHIN = new WeakIdentityMap<>();

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
    thread.given = carrier;
    return carried(task, carrier);
  }

  /** The object that got the last task given by this thread. */
  @Guarded
  public static void constructed(Object object, ThreadState thread) {
    if (thread.given instanceof Task task) {
      thread.given = null;
      Order.alias(object, task.order);
      if (object instanceof FutureTask) {
        WITHIN.put(object, task);
      }
    }
  }

  /**
   * Whether the object is a future that tells of its runs itself; if so, it comes after what the
   * calling thread did, and its end is passed on, too.
   */
  static boolean runs(Object future, SyncVar end) {
    Task task = future instanceof FutureTask ? WITHIN.get(future) : null;
    if (task == null) {
      return false;
    }
    task.end = end;
    task.order.release(ThreadState.current());
    return true;
  }

  /** The function, run within the carrier. */
  static <F> F carried(F function, Carrier carrier) {
    return CarriedFunction.of(function, carrier);
  }
}
