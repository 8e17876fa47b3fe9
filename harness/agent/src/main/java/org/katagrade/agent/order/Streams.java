package org.katagrade.agent.order;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.stream.BaseStream;
import java.util.stream.Collector;
import java.util.stream.Gatherer;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.WeakIdentityMap;

/**
 * Pipelines of streams, which may run in many threads: each function runs after the terminal
 * operation was called and before it returns. Between functions there is order only where partial
 * results are combined (package {@code java.util.stream}, "Reduction operations": "combining … must
 * be … confined"), and where a step is stateful: "Stateful operations may need to process the
 * entire input before producing a result." What comes after such a step comes after all functions
 * before it, and so does what the step itself compares; that is more order than is promised where
 * the step, as a {@code limit}, needs less than the entire input.
 */
public final class Streams {

  /** A step of no other kind. */
  public static final int PLAIN = 0;

  /** A step whose function runs in order, as that of {@code forEachOrdered}. */
  static final int IN_ORDER = 1;

  /** A stateful step, whose function runs where those before it do. */
  static final int SLICES = 2;

  /** A stateful step whose functions come after those before it. */
  static final int GATHERS = 3;

  /** A terminal operation that compares what the steps before it have made, in any thread. */
  static final int COMPARES = 4;

  /** A step whose function returns a stream. */
  static final int FLATTENS = 5;

  /** Added to what the step does: the pipeline may be made parallel by a later one. */
  private static final int MAY_TURN = 8;

  private static final Set<String> SLICING = Set.of("limit", "skip", "takeWhile", "dropWhile");

  private static final WeakIdentityMap<Object, Pipeline> PIPELINES = new WeakIdentityMap<>();

  /**
   * A pipeline, as far as the last stateful step.
   *
   * @param starts what was done before the terminal operation; several if it joins several streams
   * @param done what the functions have done since the last stateful step
   * @param before what they did before it, and what was placed in the concurrent collection that
   *     the pipeline goes over, if it does
   */
  record Pipeline(List<SyncVar> starts, SyncVar done, List<SyncVar> before) {

    static Pipeline over(List<SyncVar> before) {
      return new Pipeline(List.of(new SyncVar()), new SyncVar(), before);
    }

    static Pipeline of(Object stream) {
      return PIPELINES.computeIfAbsent(stream, any -> over(List.of()));
    }

    /** As it goes on after a stateful step. */
    Pipeline next() {
      return new Pipeline(starts, new SyncVar(), all());
    }

    /** All that the functions so far have done. */
    List<SyncVar> all() {
      List<SyncVar> all = new ArrayList<>(before);
      all.add(done);
      return all;
    }

    void start(ThreadState thread) {
      for (SyncVar start : starts) {
        start.release(thread);
      }
    }

    void begin(ThreadState thread) {
      for (SyncVar start : starts) {
        start.acquire(thread);
      }
      for (SyncVar earlier : before) {
        earlier.acquire(thread);
      }
    }

    void acquire(ThreadState thread) {
      done.acquire(thread);
      for (SyncVar earlier : before) {
        earlier.acquire(thread);
      }
    }
  }

  /**
   * A run of a function.
   *
   * @param combines whether it comes after all that the functions beside it have done
   */
  record Step(Pipeline pipeline, boolean combines) implements Callbacks.Carrier {

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      pipeline.begin(thread);
      if (combines) {
        pipeline.done.acquire(thread);
      }
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      pipeline.done.release(thread);
    }
  }

  /**
   * A run of a function that returns a stream, whose elements are made later. {@code
   * Stream.flatMap}: "Each mapped stream is closed after its contents have been placed into this
   * stream."
   */
  private record Flattening(Step step) implements Callbacks.Carrier {

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      step.begin(first, thread);
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      step.end(first, result, thread);
      if (result instanceof BaseStream<?, ?> stream) {
        onceClosed(stream);
      }
    }

    private void onceClosed(BaseStream<?, ?> stream) {
      SyncVar done = step.pipeline.done;
      try {
        BaseStream<?, ?> same = stream.onClose(() -> done.release(ThreadState.current()));
        assert same == stream;
      } catch (IllegalStateException e) {
        // It was used before, of which the program will be told.
        done.release(ThreadState.current());
      }
    }
  }

  private Streams() {}

  /**
   * What a step does, told from its name.
   *
   * @param turns whether the pipeline may be made parallel after the step was added, as {@code
   *     stream().map(f).parallel()} is; then it "will execute in … parallel mode" as a whole
   */
  public static int stepOf(String name, boolean turns) {
    return kindOf(name) | (turns ? MAY_TURN : 0);
  }

  private static int kindOf(String name) {
    if (SLICING.contains(name)) {
      return SLICES;
    }
    if (name.startsWith("flatMap")) {
      return FLATTENS;
    }
    return switch (name) {
      case "forEachOrdered" -> IN_ORDER;
      case "sorted", "distinct", "gather" -> GATHERS;
      case "min", "max" -> COMPARES;
      default -> PLAIN;
    };
  }

  /** Whether a parameter of this type takes a function. */
  public static boolean isFunction(String descriptor) {
    return Callbacks.isFunction(descriptor)
        || descriptor.equals("Ljava/util/Comparator;")
        || descriptor.equals("Ljava/util/stream/Gatherer;");
  }

  /** The stream of a concurrent collection comes upon what is placed there while it runs, too. */
  static void over(SyncVar source, Object stream) {
    PIPELINES.put(stream, Pipeline.over(List.of(source)));
  }

  /** Whether its functions run elsewhere, or on what others have made. */
  static boolean isShared(BaseStream<?, ?> stream) {
    return isShared(stream, PLAIN);
  }

  private static boolean isShared(BaseStream<?, ?> stream, int step) {
    return (step & MAY_TURN) != 0 || stream.isParallel() || PIPELINES.get(stream) != null;
  }

  /** Before a step is added or the pipeline run. */
  @Guarded
  public static void before(@Nullable Object receiver, int step, ThreadState thread) {
    if (receiver instanceof BaseStream<?, ?> stream && isShared(stream, step)) {
      int kind = step & ~MAY_TURN;
      Pipeline pipeline = Pipeline.of(receiver);
      pipeline.start(thread);
      if (kind == GATHERS || kind == COMPARES) {
        PIPELINES.put(receiver, pipeline.next());
      }
    }
  }

  /** A function given to a step; only pipelines that are or may turn parallel leave the thread. */
  @Guarded
  public static @Nullable Object carried(
      @Nullable Object function, Object receiver, int index, int step) {
    if (function == null
        || !(receiver instanceof BaseStream<?, ?> stream)
        || !isShared(stream, step)) {
      return function;
    }
    int kind = step & ~MAY_TURN;
    Pipeline pipeline = Pipeline.of(receiver);
    if (function instanceof Collector<?, ?, ?> collector) {
      return carried(collector, pipeline);
    }
    if (function instanceof Gatherer<?, ?, ?> gatherer) {
      return GathererCalls.carried(gatherer, new Step(pipeline, false), new Step(pipeline, true));
    }
    if (function instanceof Comparator<?> comparator && (kind == GATHERS || kind == COMPARES)) {
      return carried(comparator, stream);
    }
    boolean combines =
        function instanceof BinaryOperator
            || function instanceof IntBinaryOperator
            || function instanceof LongBinaryOperator
            || function instanceof DoubleBinaryOperator
            || function instanceof BiConsumer && index == 2
            || kind == IN_ORDER;
    Step run = new Step(pipeline, combines);
    return Callbacks.carried(function, kind == FLATTENS ? new Flattening(run) : run);
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

  /** A comparator given to a step. */
  static <T> Comparator<T> carried(Comparator<T> comparator, BaseStream<?, ?> stream) {
    Step step = new Step(Pipeline.of(stream), false);
    return (one, other) -> {
      CarriedFunction.begin(step, one);
      try {
        return comparator.compare(one, other);
      } finally {
        CarriedFunction.end(step, one, null);
      }
    };
  }

  /** After a step was added or the pipeline was run. */
  @Guarded
  public static void after(@Nullable Object result, Object receiver, int step, ThreadState thread) {
    Pipeline pipeline = PIPELINES.get(receiver);
    if (pipeline == null) {
      return;
    }
    if (result instanceof BaseStream) {
      int kind = step & ~MAY_TURN;
      PIPELINES.put(result, kind == GATHERS || kind == SLICES ? pipeline.next() : pipeline);
      return;
    }
    if (result instanceof Iterator || result instanceof Spliterator) {
      PIPELINES.put(result, pipeline);
    }
    pipeline.acquire(thread);
  }

  /**
   * An iterator or spliterator of a pipeline, by which it may run in parts, is about to be used.
   */
  static void beforePart(Object part, ThreadState thread) {
    Pipeline pipeline = PIPELINES.get(part);
    if (pipeline != null) {
      pipeline.start(thread);
    }
  }

  /** It has been used; a spliterator may have been split. */
  static void afterPart(@Nullable Object result, Object part, ThreadState thread) {
    Pipeline pipeline = PIPELINES.get(part);
    if (pipeline != null) {
      pipeline.acquire(thread);
      if (result instanceof Spliterator) {
        PIPELINES.put(result, pipeline);
      }
    }
  }

  /** A function that is given what an iterator or spliterator comes upon. */
  static Object carriedToPart(Object function, Object part) {
    Pipeline pipeline = PIPELINES.get(part);
    return pipeline == null
        ? function
        : Callbacks.carried(function, new Step(pipeline.next(), false));
  }

  /** A pipeline that runs those of several streams. */
  static void joins(BaseStream<?, ?> result, BaseStream<?, ?> one, BaseStream<?, ?> other) {
    if (isShared(one) || isShared(other)) {
      Pipeline first = Pipeline.of(one);
      Pipeline second = Pipeline.of(other);
      List<SyncVar> starts = new ArrayList<>(first.starts);
      starts.addAll(second.starts);
      List<SyncVar> before = first.all();
      before.addAll(second.all());
      PIPELINES.put(result, new Pipeline(starts, new SyncVar(), before));
    }
  }
}
