package org.katagrade.agent.order;

import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.stream.BaseStream;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.WeakIdentityMap;

/**
 * Pipelines of streams, which may run in many threads: each function runs after the terminal
 * operation was called and before it returns. Between functions there is order only where partial
 * results are combined (package {@code java.util.stream}, "Reduction operations": "combining … must
 * be … confined").
 */
public final class Streams {

  private static final WeakIdentityMap<Object, Pipeline> PIPELINES = new WeakIdentityMap<>();

  /**
   * A pipeline.
   *
   * @param source what was placed in the concurrent collection that it goes over, if it does
   */
  private record Pipeline(SyncVar start, SyncVar done, @Nullable SyncVar source) {

    static Pipeline of(Object stream) {
      return PIPELINES.computeIfAbsent(
          stream, any -> new Pipeline(new SyncVar(), new SyncVar(), null));
    }

    void acquireSource(ThreadState thread) {
      if (source != null) {
        source.acquire(thread);
      }
    }
  }

  private record Step(Pipeline pipeline, boolean combines) implements Callbacks.Carrier {

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      pipeline.start.acquire(thread);
      pipeline.acquireSource(thread);
      if (combines) {
        pipeline.done.acquire(thread);
      }
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      pipeline.done.release(thread);
    }
  }

  /** The number of a function whose runs are in order, as those of {@code forEachOrdered}. */
  public static final int IN_ORDER = 100;

  private Streams() {}

  /** The stream of a concurrent collection comes upon what is placed there while it runs, too. */
  static void over(SyncVar source, Object stream) {
    PIPELINES.put(stream, new Pipeline(new SyncVar(), new SyncVar(), source));
  }

  /** Before a step is added or the pipeline run. */
  @Guarded
  public static void before(@Nullable Object receiver, ThreadState thread) {
    if (receiver instanceof BaseStream<?, ?> stream && stream.isParallel()) {
      Pipeline.of(receiver).start.release(thread);
    }
  }

  /** A function given to a step; only parallel pipelines leave the thread. */
  @Guarded
  public static @Nullable Object carried(@Nullable Object function, Object receiver, int index) {
    if (function == null
        || !(receiver instanceof BaseStream<?, ?> stream)
        || !stream.isParallel() && PIPELINES.get(receiver) == null) {
      return function;
    }
    Pipeline pipeline = Pipeline.of(receiver);
    if (function instanceof Collector<?, ?, ?> collector) {
      return carried(collector, pipeline);
    }
    boolean combines =
        function instanceof BinaryOperator
            || function instanceof IntBinaryOperator
            || function instanceof LongBinaryOperator
            || function instanceof DoubleBinaryOperator
            || function instanceof BiConsumer && index == 2
            || index == IN_ORDER;
    return Callbacks.carried(function, new Step(pipeline, combines));
  }

  private static <T, A, R> Collector<T, A, R> carried(
      Collector<T, A, R> collector, Pipeline pipeline) {
    Step alone = new Step(pipeline, false);
    Step combining = new Step(pipeline, true);
    return Collector.of(
        Callbacks.carried(collector.supplier(), alone),
        Callbacks.carried(collector.accumulator(), alone),
        Callbacks.carried(collector.combiner(), combining),
        Callbacks.carried(collector.finisher(), combining),
        collector.characteristics().toArray(Collector.Characteristics[]::new));
  }

  /** After a step was added or the pipeline was run. */
  @Guarded
  public static void after(@Nullable Object result, Object receiver, ThreadState thread) {
    Pipeline pipeline = PIPELINES.get(receiver);
    if (pipeline != null) {
      if (result instanceof BaseStream) {
        PIPELINES.put(result, pipeline);
      } else {
        pipeline.done.acquire(thread);
        pipeline.acquireSource(thread);
      }
    }
  }
}
