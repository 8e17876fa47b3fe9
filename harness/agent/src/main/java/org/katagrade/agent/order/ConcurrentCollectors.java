package org.katagrade.agent.order;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.ThreadState;

/**
 * Collectors into one map that all threads of a pipeline share. {@code Collectors.toConcurrentMap}:
 * "If the mapped keys contain duplicates …, the value mapping function is applied to each equal
 * element, and the results are merged using the provided merging function", by the map itself. What
 * {@code groupingByConcurrent} does to the container of a group, it does under its monitor, unless
 * that is safe for threads ({@link Collector.Characteristics#CONCURRENT}).
 */
public final class ConcurrentCollectors {

  private ConcurrentCollectors() {}

  @Instead(of = Collectors.class)
  public static <T, K, U> Collector<T, ?, ConcurrentMap<K, U>> toConcurrentMap(
      Function<? super T, ? extends K> key,
      Function<? super T, ? extends U> value,
      BinaryOperator<U> merge) {
    return toConcurrentMap(key, value, merge, ConcurrentHashMap::new);
  }

  @Instead(of = Collectors.class)
  public static <T, K, U, M extends ConcurrentMap<K, U>> Collector<T, ?, M> toConcurrentMap(
      Function<? super T, ? extends K> key,
      Function<? super T, ? extends U> value,
      BinaryOperator<U> merge,
      Supplier<M> map) {
    return Collector.of(
        map,
        (all, element) -> put(all, key.apply(element), value.apply(element), merge),
        (all, more) -> {
          more.forEach((same, other) -> put(all, same, other, merge));
          return all;
        },
        Collector.Characteristics.CONCURRENT,
        Collector.Characteristics.UNORDERED,
        Collector.Characteristics.IDENTITY_FINISH);
  }

  private static <K, U> void put(Map<K, U> map, K key, U value, BinaryOperator<U> merge) {
    ThreadState thread = ThreadState.current();
    CollectionFunctions.OfKey order = new CollectionFunctions.OfKey(map, key);
    order.end(key, value, thread);
    map.merge(key, value, Callbacks.carried(merge, order));
    thread.comparesNothing();
  }

  @Instead(of = Collectors.class)
  public static <T, K, A, D> Collector<T, ?, ConcurrentMap<K, D>> groupingByConcurrent(
      Function<? super T, ? extends K> key, Collector<? super T, A, D> group) {
    return Collectors.groupingByConcurrent(key, underMonitor(group));
  }

  @Instead(of = Collectors.class)
  public static <T, K, A, D, M extends ConcurrentMap<K, D>> Collector<T, ?, M> groupingByConcurrent(
      Function<? super T, ? extends K> key, Supplier<M> map, Collector<? super T, A, D> group) {
    return Collectors.groupingByConcurrent(key, map, underMonitor(group));
  }

  /** Runs for one element of a group, whose container is its first argument. */
  private record OfGroup() implements Callbacks.Carrier {

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      if (first != null) {
        new CollectionFunctions.UnderMonitor(first).begin(first, thread);
      }
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      if (first != null) {
        new CollectionFunctions.UnderMonitor(first).end(first, result, thread);
      }
    }
  }

  private static <T, A, D> Collector<T, A, D> underMonitor(Collector<T, A, D> group) {
    if (group.characteristics().contains(Collector.Characteristics.CONCURRENT)) {
      return group;
    }
    return Collector.of(
        group.supplier(),
        Callbacks.carried(group.accumulator(), new OfGroup()),
        group.combiner(),
        group.finisher(),
        group.characteristics().toArray(Collector.Characteristics[]::new));
  }
}
