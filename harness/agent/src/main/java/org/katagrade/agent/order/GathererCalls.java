package org.katagrade.agent.order;

import java.util.function.Function;
import java.util.stream.Gatherer;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.ThreadState;

/**
 * {@link Gatherer}: "Gatherers whose combiner is defaultCombiner() may only be evaluated
 * sequentially. All other Gatherers allow the operation to be parallelized by initializing each
 * partition in separation, invoking the integrator until it returns false, and then joining each
 * partition's state using the combiner, and then invoking the finisher on the joined state."
 */
public final class GathererCalls {

  private GathererCalls() {}

  /**
   * Runs in one partition, whose state is the first argument or, of the initializer, the result. If
   * the gatherer is followed by one that is sequential, several threads have that state in turn.
   */
  private record OfState(Callbacks.Carrier alone) implements Callbacks.Carrier {

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      alone.begin(first, thread);
      if (first != null) {
        Order.of(first).acquire(thread);
      }
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      alone.end(first, result, thread);
      Object state = first == null ? result : first;
      if (state != null) {
        Order.of(state).release(thread);
      }
    }
  }

  /**
   * The gatherer of a pipeline.
   *
   * @param alone surrounds what runs in one partition
   * @param inOrder surrounds what follows all that was done so far
   */
  static <T, A, R> Gatherer<T, A, R> carried(
      Gatherer<T, A, R> gatherer, Callbacks.Carrier alone, Callbacks.Carrier inOrder) {
    var initializer = gatherer.initializer();
    var combiner = gatherer.combiner();
    var finisher = gatherer.finisher();
    boolean sequential = combiner == Gatherer.<A>defaultCombiner();
    Callbacks.Carrier parts = sequential ? inOrder : new OfState(alone);
    // The defaults are known by what they are.
    return Gatherer.of(
        initializer == Gatherer.<A>defaultInitializer()
            ? initializer
            : Callbacks.carried(initializer, parts),
        carried(gatherer.integrator(), parts),
        sequential ? combiner : Callbacks.carried(combiner, inOrder),
        finisher == Gatherer.<A, R>defaultFinisher()
            ? finisher
            : Callbacks.carried(finisher, inOrder));
  }

  private static <T, A, R> Gatherer.Integrator<A, T, R> carried(
      Gatherer.Integrator<A, T, R> integrator, Callbacks.Carrier carrier) {
    Gatherer.Integrator.Greedy<A, T, R> carried =
        (state, element, downstream) -> {
          CarriedFunction.begin(carrier, state);
          try {
            return integrator.integrate(state, element, downstream);
          } finally {
            CarriedFunction.end(carrier, state, null);
          }
        };
    return integrator instanceof Gatherer.Integrator.Greedy ? carried : carried::integrate;
  }

  /** An element on its way to the thread that maps it. */
  private record Given<T, R>(
      T element, Function<? super T, ? extends R> mapper, Callbacks.Task task) {

    Mapped<R> map() {
      return new Mapped<>(mapper.apply(element), task);
    }
  }

  /** A result on its way back. */
  private record Mapped<R>(R result, Callbacks.Task task) {

    boolean push(Gatherer.Downstream<? super R> downstream) {
      task.order.acquire(ThreadState.current());
      return downstream.push(result);
    }
  }

  /** Takes results in the thread that runs the gatherer. */
  private record Taking<R>(Gatherer.Downstream<? super R> downstream)
      implements Gatherer.Downstream<Mapped<R>> {

    @Override
    public boolean push(Mapped<R> mapped) {
      return mapped.push(downstream);
    }

    @Override
    public boolean isRejecting() {
      return downstream.isRejecting();
    }
  }

  /**
   * "An operation which executes a function concurrently …, using virtual threads", which are
   * started once there is an element (JLS 17.4.4); their results are taken from futures: "Actions
   * taken by the asynchronous computation happen-before actions following the corresponding
   * Future.get() in another thread."
   */
  @Instead(of = Gatherers.class)
  public static <T, R> Gatherer<T, ?, R> mapConcurrent(
      int most, @Nullable Function<? super T, ? extends R> mapper) {
    if (mapper == null) {
      return Gatherers.mapConcurrent(most, mapper);
    }
    return taking(Gatherers.<Given<T, R>, Mapped<R>>mapConcurrent(most, Given::map), mapper);
  }

  private static <T, A, R> Gatherer<T, A, R> taking(
      Gatherer<Given<T, R>, A, Mapped<R>> gatherer, Function<? super T, ? extends R> mapper) {
    var integrator = gatherer.integrator();
    var finisher = gatherer.finisher();
    return Gatherer.ofSequential(
        gatherer.initializer(),
        Gatherer.Integrator.<A, T, R>ofGreedy(
            (state, element, downstream) ->
                integrator.integrate(state, given(element, mapper), new Taking<>(downstream))),
        (state, downstream) -> finisher.accept(state, new Taking<>(downstream)));
  }

  private static <T, R> Given<T, R> given(T element, Function<? super T, ? extends R> mapper) {
    Callbacks.Task task = new Callbacks.Task(ThreadState.current());
    return new Given<>(element, Callbacks.carried(mapper, task), task);
  }
}
