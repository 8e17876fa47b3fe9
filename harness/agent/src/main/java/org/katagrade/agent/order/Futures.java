package org.katagrade.agent.order;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.WeakIdentityMap;

/**
 * {@link Future}: "Memory consistency effects: Actions taken by the asynchronous computation
 * happen-before actions following the corresponding Future.get() in another thread." {@link
 * CompletionStage}s run after the stages they depend on.
 */
public final class Futures {

  /** What a stage waits for, until it is known to be complete. */
  private static final WeakIdentityMap<Object, Stage> STAGES = new WeakIdentityMap<>();

  private static final int MOST_NESTED = 64;

  private static final class Stage implements Callbacks.Carrier {

    final SyncVar order;

    /** The one that is being made, whose function, run at once, makes this one. */
    final @Nullable Stage outer;

    private final int depth;
    private final SyncVar start = new SyncVar();
    private volatile @Nullable List<Object> sources;
    private boolean carries;

    Stage(SyncVar order, ThreadState giver, List<Object> sources) {
      this.order = order;
      this.sources = sources;
      // Methods that threw leave theirs behind.
      outer = giver.stage instanceof Stage stage && stage.depth < MOST_NESTED ? stage : null;
      depth = outer == null ? 0 : outer.depth + 1;
      start.release(giver);
    }

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      start.acquire(thread);
      for (Object source : sources()) {
        acquire(source, thread);
      }
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      // What the sources did is now part of what this thread knows.
      sources = result instanceof CompletionStage<?> next ? List.of(next) : null;
      order.release(thread);
    }

    private List<Object> sources() {
      List<Object> all = sources;
      return all == null ? List.of() : all;
    }
  }

  private Futures() {}

  /** Acquires what the future waited for, as far as it is complete. */
  static void acquire(Object future, ThreadState thread) {
    Deque<Object> open = new ArrayDeque<>();
    open.add(future);
    for (int seen = 0; seen < 1_000 && !open.isEmpty(); seen++) {
      Object one = open.remove();
      if (one instanceof Future<?> candidate && !isDone(candidate)) {
        continue;
      }
      Order.of(one).acquire(thread);
      Stage stage = STAGES.get(one);
      if (stage != null) {
        stage.order.acquire(thread);
        stage.sources().stream().filter(source -> source != one).forEach(open::add);
      }
    }
  }

  /**
   * A stage that does not tell is taken for done: it is asked only when something depends on it.
   */
  private static boolean isDone(Future<?> future) {
    try {
      return future.isDone();
    } catch (UnsupportedOperationException e) {
      return true;
    }
  }

  static void done(Future<?> future) {
    if (isDone(future)) {
      acquire(future, ThreadState.current());
    }
  }

  /** Before a method that makes a stage: what the new one will wait for. */
  @Guarded
  public static void before(@Nullable Object receiver, @Nullable Object first, ThreadState thread) {
    List<Object> sources = new ArrayList<>();
    if (receiver != null) {
      sources.add(receiver);
    }
    if (first instanceof CompletionStage<?>) {
      sources.add(first);
    } else if (first instanceof Object[] many) {
      for (Object one : many) {
        if (one != null) {
          sources.add(one);
        }
      }
    }
    thread.stage = new Stage(new SyncVar(), thread, sources);
  }

  /** A function given to that method. */
  @Guarded
  public static @Nullable Object carried(
      @Nullable Object function, @Nullable Object receiver, int index) {
    if (function == null || !(ThreadState.current().stage instanceof Stage stage)) {
      return function;
    }
    stage.carries = true;
    return Callbacks.carried(function, stage);
  }

  /** After that method. */
  @Guarded
  public static void after(@Nullable Object result, @Nullable Object receiver, ThreadState thread) {
    if (thread.stage instanceof Stage stage) {
      thread.stage = stage.outer;
      if (!(result instanceof CompletionStage<?>)) {
        return;
      }
      if (result != receiver) {
        Order.alias(result, stage.order);
        STAGES.put(result, stage);
      } else if (stage.carries) {
        // completeAsync completes its own receiver
        STAGES.put(result, stage);
      }
    }
  }
}
