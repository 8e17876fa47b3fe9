package org.katagrade.agent.order;

import java.util.Map;
import java.util.Spliterator;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;

/**
 * Functions that a collection runs before the call that was given them returns. Each comes after
 * what placed the element it is called for, as any access does (package {@code
 * java.util.concurrent}).
 */
public final class CollectionFunctions {

  private CollectionFunctions() {}

  /**
   * Runs as part of a call for one key of a map. {@code ConcurrentHashMap.compute}: "The entire
   * method invocation is performed atomically." What it makes is placed when it has ended.
   */
  record OfKey(Object map, SyncVar stripe) implements Callbacks.Carrier {

    OfKey(Object map, Object key) {
      this(map, Collections.stripe(map, key));
    }

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      stripe.acquire(thread);
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      stripe.release(thread);
      Collections.all(map).join(stripe.clock());
      thread.comparing = Collections.all(map);
      thread.compared = stripe;
    }
  }

  /**
   * Runs for each entry, key or value of a map.
   *
   * @param start of a bulk operation, which may run it in other threads; they end before it returns
   */
  private record OfEach(Object map, boolean places, @Nullable SyncVar start)
      implements Callbacks.Carrier {

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      Collections.all(map).acquire(thread);
      if (start != null) {
        start.acquire(thread);
      }
      if (first instanceof Map.Entry) {
        Collections.isPartOf(first, map);
      }
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      if (places || start != null) {
        Collections.all(map).release(thread);
      }
      if (places && first != null) {
        Collections.stripe(map, first).release(thread);
      }
    }
  }

  /** Runs for each element of a collection; what {@code replaceAll} gets from it is placed. */
  private record OfElement(Object collection, boolean places) implements Callbacks.Carrier {

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      if (first != null) {
        Collections.placed(collection, first).acquire(thread);
      }
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      if (places && result != null) {
        Collections.place(collection, result, thread);
      }
    }
  }

  /**
   * Runs while the collection holds its monitor. {@code Collections.synchronizedCollection}: "it is
   * critical that all access to the backing collection is accomplished through the returned
   * collection".
   */
  record UnderMonitor(Object monitor) implements Callbacks.Carrier {

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      Order.of(monitor).acquire(thread);
      thread.took(monitor, monitor, false);
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      thread.gave(monitor, false);
      Order.of(monitor).release(thread);
    }
  }

  /**
   * The function, within what surrounds it.
   *
   * @param first the first of the call's arguments, or null if that is a number
   * @param flags what the call does
   */
  @Guarded
  public static @Nullable Object carried(
      @Nullable Object function, @Nullable Object receiver, @Nullable Object first, int flags) {
    if (function == null || receiver == null) {
      return function;
    }
    Object inner = JdkObject.passedOn(receiver);
    Object base = Collections.baseOf(inner);
    return switch (JdkObject.of(base)) {
      case CONCURRENT_MAP -> Callbacks.carried(function, ofMap(base, inner, first, flags));
      case CONCURRENT_COLLECTION ->
          Callbacks.carried(function, new OfElement(base, (flags & CollectionCall.WRITES) != 0));
      case MONITOR ->
          receiver instanceof Spliterator
              ? function
              : Callbacks.carried(function, new UnderMonitor(base));
      case SYNCHRONIZED_VIEW ->
          Callbacks.carried(function, new UnderMonitor(JdkObject.mutex(base)));
      case OF_STREAM -> Streams.carriedToPart(function, base);
      case UNSAFE, UNMODIFIABLE_VIEW, CONCURRENT_PART, NONE -> function;
    };
  }

  private static Callbacks.Carrier ofMap(
      Object map, Object receiver, @Nullable Object first, int flags) {
    if ((flags & CollectionCall.KEYED) != 0 && first != null) {
      return new OfKey(map, first);
    }
    SyncVar start = null;
    if (first == null) {
      // What takes a number before its functions is a bulk operation of ConcurrentHashMap.
      start = new SyncVar();
      start.release(ThreadState.current());
    }
    return new OfEach(map, receiver == map && (flags & CollectionCall.WRITES) != 0, start);
  }
}
