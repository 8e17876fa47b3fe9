package org.katagrade.agent.order;

import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.Variables;
import org.katagrade.agent.race.WeakIdentityMap;

/**
 * Calls of collections. One that is not safe counts as one variable, its views and iterators with
 * it. Of a concurrent one, what the package {@code java.util.concurrent} promises: "Actions in a
 * thread prior to placing an object into any concurrent collection happen-before actions subsequent
 * to the access or removal of that element from the collection in another thread."
 *
 * <p>Maps go by the key: calls for keys whose hash codes agree in ten bits are taken for calls for
 * the same key. That is more order than is promised, and hides a race now and then.
 */
public final class Collections {

  private static final int STRIPES = 1 << 10;
  private static final String ALL = "all";

  /**
   * The bases are kept weakly: a map refers to its views, and would stay alive by its own entry.
   */
  private static final WeakIdentityMap<Object, WeakReference<Object>> BASES =
      new WeakIdentityMap<>();

  private Collections() {}

  /** Before a call, with the first of its arguments that is an {@code int}, or -1. */
  @Guarded
  public static void before(
      Object receiver, @Nullable Object first, int index, int flags, int site, ThreadState thread) {
    if (receiver == null) {
      return;
    }
    Object base = baseOf(receiver);
    switch (JdkObject.of(base)) {
      case UNSAFE -> {
        Object array = JdkObject.arrayBehind(base);
        if (array == null) {
          touch(base, flags, site, thread);
        } else {
          boolean one = index >= 0 && receiver == base;
          int end = one ? index + 1 : Integer.MAX_VALUE;
          Arrays.range(array, Math.max(0, index), end, (flags & CollectionCall.WRITES) != 0);
        }
      }
      case UNMODIFIABLE_VIEW -> touchBehind(base, flags, site, thread);
      case MONITOR -> Order.of(base).release(thread);
      case SYNCHRONIZED_VIEW -> Order.of(JdkObject.mutex(base)).release(thread);
      case CONCURRENT_MAP -> {
        compare(base, thread);
        thread.key = (flags & CollectionCall.KEYED) != 0 ? first : null;
        if ((flags & CollectionCall.WRITES) != 0) {
          releaseKey(base, first, flags, thread);
        }
      }
      case CONCURRENT_COLLECTION -> {
        compare(base, thread);
        if ((flags & CollectionCall.PLACES) != 0 && first != null) {
          element(base, first).release(thread);
          Order.of(base, ALL).join(element(base, first).clock());
        } else if ((flags & CollectionCall.ALL_OF_IT) != 0 && first instanceof Collection<?> many) {
          place(base, many, thread);
        }
      }
      case CONCURRENT_PART -> {
        if ((flags & CollectionCall.WRITES) != 0) {
          Order.of(base, ALL).release(thread);
        }
      }
      case NONE -> {}
    }
    if (first != null
        && (flags & (CollectionCall.READS_ARGUMENT | CollectionCall.UNWATCHED))
            == CollectionCall.READS_ARGUMENT) {
      copied(first, site, thread);
    }
  }

  /** After a call that returned normally. */
  @Guarded
  public static void after(
      @Nullable Object result,
      Object receiver,
      @Nullable Object first,
      int flags,
      int site,
      ThreadState thread) {
    thread.sorting = null;
    Object base = baseOf(receiver);
    Variables.reached(base, result, thread);
    switch (JdkObject.of(base)) {
      case UNSAFE -> view(result, base, flags);
      case UNMODIFIABLE_VIEW -> viewBehind(result, base, flags);
      case MONITOR -> {
        Order.of(base).acquire(thread);
        view(result, base, flags);
      }
      case SYNCHRONIZED_VIEW -> underMutex(result, base, flags, site, thread);
      case CONCURRENT_MAP -> {
        if ((flags & CollectionCall.COUNTS) != 0) {
          return;
        }
        if ((flags & CollectionCall.KEYED) == 0) {
          Order.of(base, ALL).acquire(thread);
        } else if (first != null
            && ((flags & CollectionCall.WRITES) != 0
                || result != null && !Boolean.FALSE.equals(result))) {
          stripe(base, first).acquire(thread);
        }
        view(result, base, flags);
      }
      case CONCURRENT_COLLECTION -> {
        if (result instanceof Boolean found) {
          if (found && first != null && (flags & CollectionCall.PLACES) == 0) {
            element(base, first).acquire(thread);
          }
        } else if (result != null) {
          element(base, result).acquire(thread);
        } else if ((flags & (CollectionCall.PLACES | CollectionCall.COUNTS)) == 0) {
          Order.of(base, ALL).acquire(thread);
        }
        view(result, base, flags);
      }
      case CONCURRENT_PART -> Order.of(base, ALL).acquire(thread);
      case NONE -> {}
    }
  }

  /** Before a copy of another collection is made. */
  @Guarded
  public static void copied(@Nullable Object source, int site, ThreadState thread) {
    if (source == null) {
      return;
    }
    Object base = baseOf(source);
    switch (JdkObject.of(base)) {
      case UNSAFE -> touch(base, CollectionCall.READS, site, thread);
      case UNMODIFIABLE_VIEW -> touchBehind(base, CollectionCall.READS, site, thread);
      case MONITOR -> Order.of(base).acquire(thread);
      case SYNCHRONIZED_VIEW -> underMutex(null, base, CollectionCall.READS, site, thread);
      case CONCURRENT_MAP, CONCURRENT_COLLECTION -> Order.of(base, ALL).acquire(thread);
      case CONCURRENT_PART, NONE -> {}
    }
  }

  /** Before a static method writes to a collection. */
  @Guarded
  public static void written(@Nullable Object target, int site, ThreadState thread) {
    if (target != null) {
      before(target, null, -1, CollectionCall.WRITES, site, thread);
    }
  }

  /** Woven code has booleans where a hook takes objects. */
  public static Object boxed(boolean value) {
    return value;
  }

  /** A function given to a collection; a concurrent map runs it as part of a call for one key. */
  @Guarded
  public static @Nullable Object carried(@Nullable Object function, Object receiver, int index) {
    if (function == null || receiver == null) {
      return function;
    }
    Object base = baseOf(receiver);
    if (JdkObject.of(base) != JdkObject.CONCURRENT_MAP) {
      return function;
    }
    return Callbacks.carried(function, new Callbacks.Keyed(base, ThreadState.current().key));
  }

  static SyncVar stripe(Object map, Object key) {
    int hash = hashOf(key);
    return Order.of(map, (hash ^ hash >>> 16) & STRIPES - 1);
  }

  /** A map that sorts may hold keys that have no hash code; of others the map's own call throws. */
  private static int hashOf(Object key) {
    try {
      return key.hashCode();
    } catch (RuntimeException e) {
      return 0;
    }
  }

  /** A collection that sorts compares what others have placed, within the call. */
  private static void compare(Object base, ThreadState thread) {
    boolean sorts =
        base instanceof PriorityBlockingQueue
            || base instanceof DelayQueue
            || base instanceof ConcurrentSkipListMap
            || base instanceof ConcurrentSkipListSet;
    thread.sorting = sorts ? Order.of(base, ALL) : null;
  }

  /** A collection may hold the same object twice; the name of an element does not keep it alive. */
  private static SyncVar element(Object collection, Object element) {
    return Order.of(collection, System.identityHashCode(element));
  }

  private static void place(Object base, Collection<?> many, ThreadState thread) {
    try {
      for (Object one : many) {
        if (one != null) {
          element(base, one).release(thread);
        }
      }
    } catch (RuntimeException e) {
      // The program's own, as of a collection that changes; its call goes over it once more.
      Order.of(base, ALL).release(thread);
      return;
    }
    Order.of(base, ALL).release(thread);
  }

  private static void releaseKey(Object map, @Nullable Object key, int flags, ThreadState thread) {
    if ((flags & CollectionCall.KEYED) != 0 && key != null) {
      SyncVar stripe = stripe(map, key);
      stripe.release(thread);
      Order.of(map, ALL).join(stripe.clock());
    } else {
      for (int i = 0; (flags & CollectionCall.ALL_OF_IT) != 0 && i < STRIPES; i++) {
        Order.of(map, i).join(thread.release());
      }
      Order.of(map, ALL).release(thread);
    }
  }

  private static void underMutex(
      @Nullable Object result, Object wrapper, int flags, int site, ThreadState thread) {
    Object mutex = JdkObject.mutex(wrapper);
    Object behind = baseOf(JdkObject.behind(wrapper));
    Order.of(mutex).acquire(thread);
    if ((flags & CollectionCall.VIEWS) == 0) {
      thread.took(mutex, mutex, false);
      touch(behind, flags, site, thread);
      thread.gave(mutex, false);
      Order.of(mutex).release(thread);
    }
    viewBehind(result, wrapper, flags);
  }

  /** A view of a wrapper is a wrapper itself, of a view. */
  private static void viewBehind(@Nullable Object result, Object wrapper, int flags) {
    if (result != null) {
      JdkObject kind = JdkObject.of(result);
      boolean wrapped = kind == JdkObject.SYNCHRONIZED_VIEW || kind == JdkObject.UNMODIFIABLE_VIEW;
      Object part = wrapped ? JdkObject.behind(result) : result;
      view(part, baseOf(JdkObject.behind(wrapper)), flags);
    }
  }

  private static void touchBehind(Object wrapper, int flags, int site, ThreadState thread) {
    if ((flags & CollectionCall.WRITES) != 0) {
      return; // it will refuse
    }
    Object behind = wrapper;
    while (JdkObject.of(behind) == JdkObject.UNMODIFIABLE_VIEW
        && JdkObject.behind(behind) != behind) {
      behind = JdkObject.behind(behind);
    }
    behind = baseOf(behind);
    if (JdkObject.of(behind) == JdkObject.UNSAFE) {
      touch(behind, flags, site, thread);
    }
  }

  private static void touch(Object base, int flags, int site, ThreadState thread) {
    if ((flags & CollectionCall.UNWATCHED) == 0) {
      boolean writes =
          (flags & CollectionCall.WRITES) != 0
              || (flags & CollectionCall.GETS) != 0 && JdkObject.keepsAccessOrder(base);
      Variables.whole(base, writes, site, thread);
    }
  }

  private static Object baseOf(Object object) {
    WeakReference<Object> known = BASES.get(object);
    Object base = known == null ? null : known.get();
    return base == null ? object : base;
  }

  private static void view(@Nullable Object result, Object base, int flags) {
    if (result == null || result == base || !JdkObject.isJdk(result.getClass())) {
      return;
    }
    boolean part =
        (flags & CollectionCall.VIEWS) != 0 && isPart(result)
            || (flags & CollectionCall.STEPS) != 0 && isEntry(result);
    if (part) {
      BASES.put(result, new WeakReference<>(base));
    }
  }

  private static boolean isEntry(Object result) {
    return result instanceof Map.Entry && !(result instanceof java.util.AbstractMap.SimpleEntry);
  }

  private static boolean isPart(Object result) {
    return result instanceof Iterator
        || result instanceof Collection
        || result instanceof Map
        || result instanceof Map.Entry
        || result instanceof Enumeration
        || result instanceof Spliterator;
  }
}
