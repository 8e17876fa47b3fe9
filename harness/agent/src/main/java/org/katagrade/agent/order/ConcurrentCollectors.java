package org.katagrade.agent.order;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Site;
import org.katagrade.agent.race.ThreadState;

/**
 * Collectors into a concurrent collection or map, which the program may share: what they place
 * there is placed as by a call of the program's own.
 *
 * <p>Those into one map that all threads of a pipeline share. {@code Collectors.toConcurrentMap}:
 * "If the mapped keys contain duplicates …, the value mapping function is applied to each equal
 * element, and the results are merged using the provided merging function", by the map itself. What
 * {@code groupingByConcurrent} does to the container of a group, it does under its monitor, unless
 * that is safe for threads ({@link Collector.Characteristics#CONCURRENT}).
 */
public final class ConcurrentCollectors {

  private static final int ADD =
      CollectionCall.WRITES | CollectionCall.UNWATCHED | CollectionCall.PLACES;
  private static final int ADD_ALL =
      CollectionCall.WRITES | CollectionCall.UNWATCHED | CollectionCall.ALL_OF_IT;

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

  @Instead(of = Collectors.class)
  public static <T, K, U, M extends Map<K, U>> Collector<T, ?, M> toMap(
      Function<? super T, ? extends K> key,
      Function<? super T, ? extends U> value,
      BinaryOperator<U> merge,
      Supplier<M> map) {
    return Collector.of(
        map,
        (all, element) ->
            put(all, key.apply(element), Objects.requireNonNull(value.apply(element)), merge),
        (all, more) -> {
          more.forEach((same, other) -> put(all, same, other, merge));
          return all;
        },
        Collector.Characteristics.IDENTITY_FINISH);
  }

  @Instead(of = Collectors.class)
  public static <T, C extends Collection<T>> Collector<T, ?, C> toCollection(Supplier<C> made) {
    return Collector.of(
        made,
        ConcurrentCollectors::add,
        (all, more) -> {
          addAll(all, more);
          return all;
        },
        Collector.Characteristics.IDENTITY_FINISH);
  }

  private static <T> void add(Collection<T> collection, T element) {
    ThreadState thread = ThreadState.current();
    Collections.before(collection, element, -1, ADD, Site.NONE, thread);
    boolean added = collection.add(element);
    Collections.after(added, collection, element, ADD, Site.NONE, thread);
  }

  private static <T> void addAll(Collection<T> collection, Collection<T> more) {
    ThreadState thread = ThreadState.current();
    Collections.before(collection, more, -1, ADD_ALL, Site.NONE, thread);
    boolean added = collection.addAll(more);
    Collections.after(added, collection, more, ADD_ALL, Site.NONE, thread);
  }

  private static <K, U> void put(Map<K, U> map, K key, U value, BinaryOperator<U> merge) {
    if (JdkObject.of(map) != JdkObject.CONCURRENT_MAP) {
      map.merge(key, value, merge);
      return;
    }
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
