package org.katagrade.agent.order;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.Site;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.Variables;
import org.katagrade.agent.race.VectorClock;
import org.katagrade.agent.race.WeakIdentityMap;

/**
 * Calls of collections. One that is not safe counts as one variable, its views and iterators with
 * it. Of a concurrent one, what the package {@code java.util.concurrent} promises: "Actions in a
 * thread prior to placing an object into any concurrent collection happen-before actions subsequent
 * to the access or removal of that element from the collection in another thread." So does what a
 * call compares by {@code equals} or {@code compareTo} on its way, for as long as it does.
 *
 * <p>Maps go by the key: calls for keys whose hash codes agree in ten bits are taken for calls for
 * the same key. That is more order than is promised, and hides a race now and then.
 */
public final class Collections {

  private static final int STRIPES = 1 << 10;
  private static final String ALL = "all";
  private static final String LOCKED = "locked";

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
    if (receiver == null || isByIdentity(receiver, flags)) {
      return;
    }
    if (JdkObject.isSimple(receiver)) {
      if ((flags & CollectionCall.UNWATCHED) == 0) {
        Variables.whole(receiver, (flags & CollectionCall.WRITES) != 0, site, thread);
      }
    } else {
      Object inner = JdkObject.passedOn(receiver);
      if (JdkObject.isOfNoInterest(inner)) {
        return;
      }
      beforeCall(inner, first, index, flags, site, thread);
    }
    if (first != null && (flags & CollectionCall.FILLS_ARGUMENT) != 0) {
      filled(first, receiver, flags, site, thread);
    } else if (first != null && (flags & CollectionCall.READS_ARGUMENT) != 0) {
      copied(first, (flags & CollectionCall.UNWATCHED) == 0 ? site : Site.NONE, thread);
    }
  }

  /** The elements of a queue go to another collection. */
  private static void filled(Object target, Object queue, int flags, int site, ThreadState thread) {
    copied(queue, Site.NONE, thread);
    SyncVar comparing = thread.comparing;
    SyncVar compared = thread.compared;
    int writes = CollectionCall.WRITES | flags & CollectionCall.UNWATCHED;
    before(target, queue, -1, writes | CollectionCall.ALL_OF_IT, site, thread);
    if (JdkObject.isSortedQueue(queue)) {
      thread.comparing = comparing;
      thread.compared = compared;
    }
  }

  /**
   * A call of {@code equals} or {@code hashCode} that does not go over elements. Lists, sets and
   * maps do, as {@code List.equals} says: "two lists are defined to be equal if they contain the
   * same elements in the same order"; what the program wrote itself may do as it likes.
   */
  private static boolean isByIdentity(Object receiver, int flags) {
    return (flags & CollectionCall.OF_OBJECT) != 0
        && !(JdkObject.isJdk(receiver.getClass())
            && (receiver instanceof List || receiver instanceof Set || receiver instanceof Map));
  }

  private static void beforeCall(
      Object receiver, @Nullable Object first, int index, int flags, int site, ThreadState thread) {
    Object base = baseOf(receiver);
    switch (JdkObject.of(base)) {
      case UNSAFE -> {
        Object array = JdkObject.arrayBehind(base);
        if (base instanceof ArrayList<?> list) {
          IndexedLists.touch(list, receiver, index, flags, site, thread);
        } else if (array == null) {
          touch(base, flags, site, thread);
        } else {
          boolean one = index >= 0 && receiver == base;
          int end = one ? index + 1 : Integer.MAX_VALUE;
          Arrays.range(array, Math.max(0, index), end, (flags & CollectionCall.WRITES) != 0);
        }
      }
      case OF_STREAM -> {
        touch(base, flags, site, thread);
        Streams.beforePart(base, thread);
      }
      case UNMODIFIABLE_VIEW -> touchBehind(base, flags, site, thread);
      case MONITOR -> {
        if (!(receiver instanceof Spliterator)) {
          locks(base, site, thread);
        }
      }
      case SYNCHRONIZED_VIEW -> locks(JdkObject.mutex(base), site, thread);
      case CONCURRENT_MAP -> {
        compares(base, keyOf(receiver, first, flags), flags, thread);
        if ((flags & CollectionCall.WRITES) != 0) {
          releaseKey(receiver, base, first, flags, thread);
        }
      }
      case CONCURRENT_COLLECTION -> {
        compares(base, first, flags, thread);
        if ((flags & CollectionCall.PLACES) != 0 && first != null) {
          place(base, first, thread);
        } else if ((flags & CollectionCall.ALL_OF_IT) != 0 && first instanceof Collection<?> many) {
          placeAll(base, many, thread);
        }
      }
      case CONCURRENT_PART -> {
        if ((flags & CollectionCall.WRITES) != 0) {
          all(base).release(thread);
        }
      }
      case NONE -> {}
    }
  }

  /**
   * The call may compare elements or keys. What it compares on its way to place one happens "prior
   * to placing" it, and so before what removes that one. A queue that compares while it holds its
   * lock has done so with all its elements before any of them is removed.
   */
  private static void compares(Object base, @Nullable Object first, int flags, ThreadState thread) {
    thread.comparing = all(base);
    if (JdkObject.comparesUnderItsLock(base)) {
      thread.compared = underItsLock(base);
    } else if (first == null) {
      thread.compared = null;
    } else if (JdkObject.of(base) == JdkObject.CONCURRENT_MAP) {
      thread.compared = (flags & CollectionCall.WRITES) == 0 ? null : stripe(base, first);
    } else {
      thread.compared = (flags & CollectionCall.PLACES) == 0 ? null : element(base, first);
    }
  }

  private static boolean removes(@Nullable Object result, int flags) {
    return (flags & (CollectionCall.WRITES | CollectionCall.PLACES)) == CollectionCall.WRITES
        && (result == null ? (flags & CollectionCall.SEEKS) == 0 : !Boolean.FALSE.equals(result));
  }

  /** The call will lock this monitor by itself. */
  private static void locks(Object monitor, int site, ThreadState thread) {
    SyncVar order = Order.of(monitor);
    order.release(thread);
    thread.locking.begin(monitor, order, site);
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
    thread.comparesNothing();
    if (isByIdentity(receiver, flags)) {
      return;
    }
    if ((flags & CollectionCall.READS_ARGUMENT) != 0) {
      wasCopied(first, thread);
    }
    if (JdkObject.isSimple(receiver)) {
      Variables.reached(receiver, result, thread);
      if ((flags & (CollectionCall.VIEWS | CollectionCall.STEPS)) != 0) {
        view(result, receiver, flags);
      }
    } else {
      Object inner = JdkObject.passedOn(receiver);
      if (JdkObject.isOfNoInterest(inner)) {
        Variables.reached(receiver, result, thread);
      } else {
        afterCall(result, inner, first, flags, site, thread);
      }
    }
  }

  private static void afterCall(
      @Nullable Object result,
      Object receiver,
      @Nullable Object first,
      int flags,
      int site,
      ThreadState thread) {
    Object base = baseOf(receiver);
    Variables.reached(base, result, thread);
    switch (JdkObject.of(base)) {
      case UNSAFE -> view(result, base, flags);
      case OF_STREAM -> Streams.afterPart(result, base, thread);
      case UNMODIFIABLE_VIEW -> viewBehind(result, base, flags);
      case MONITOR -> {
        if (!(receiver instanceof Spliterator)) {
          thread.locking.end(base);
          Order.of(base).acquire(thread);
        }
        view(result, base, flags);
      }
      case SYNCHRONIZED_VIEW -> underMutex(result, base, flags, site, thread);
      case CONCURRENT_MAP -> {
        if ((flags & CollectionCall.COUNTS) != 0
            || result == null && (flags & CollectionCall.SEEKS) != 0) {
          return;
        }
        if ((flags & CollectionCall.KEYED) == 0) {
          all(base).acquire(thread);
        } else if (first != null
            && ((flags & CollectionCall.WRITES) != 0
                || result != null && !Boolean.FALSE.equals(result))) {
          stripe(base, first).acquire(thread);
        }
        view(result, base, flags);
        stream(result, base);
      }
      case CONCURRENT_COLLECTION -> {
        if (result instanceof Boolean found) {
          if (found && first != null && (flags & CollectionCall.PLACES) == 0) {
            placed(base, first).acquire(thread);
          }
        } else if (result != null) {
          placed(base, result).acquire(thread);
        } else if ((flags & (CollectionCall.PLACES | CollectionCall.COUNTS | CollectionCall.SEEKS))
            == 0) {
          all(base).acquire(thread);
        }
        if (removes(result, flags) && JdkObject.comparesUnderItsLock(base)) {
          underItsLock(base).acquire(thread);
        }
        view(result, base, flags);
        stream(result, base);
      }
      case CONCURRENT_PART -> all(base).acquire(thread);
      case NONE -> {}
    }
  }

  /** Before a copy of another collection is made; the site is none if nobody watches it. */
  @Guarded
  public static void copied(@Nullable Object source, int site, ThreadState thread) {
    if (source == null) {
      return;
    }
    Object inner = JdkObject.passedOn(source);
    Object base = baseOf(inner);
    int flags = CollectionCall.READS | watched(site);
    switch (JdkObject.of(base)) {
      case UNSAFE, OF_STREAM -> touchPart(base, inner, flags, site, thread);
      case UNMODIFIABLE_VIEW -> touchBehind(base, flags, site, thread);
      case MONITOR -> Order.of(base).acquire(thread);
      case SYNCHRONIZED_VIEW -> underMutex(null, base, flags, site, thread);
      case CONCURRENT_MAP, CONCURRENT_COLLECTION -> all(base).acquire(thread);
      case CONCURRENT_PART, NONE -> {}
    }
  }

  /** After it: what was placed while it was being made may be in the copy. */
  @Guarded
  public static void wasCopied(@Nullable Object source, ThreadState thread) {
    if (source == null) {
      return;
    }
    Object base = baseOf(JdkObject.passedOn(source));
    JdkObject kind = JdkObject.of(base);
    if (kind == JdkObject.CONCURRENT_MAP || kind == JdkObject.CONCURRENT_COLLECTION) {
      all(base).acquire(thread);
    }
  }

  /**
   * Before a static method writes to a collection, as {@code Collections.addAll} does, which is to
   * "add the specified elements".
   *
   * @param given the method's last argument, if that is an object: an element, or several
   * @param site none if nobody watches the collection
   */
  @Guarded
  public static void written(
      @Nullable Object target, @Nullable Object given, int site, ThreadState thread) {
    if (target != null) {
      Object many = given instanceof Object[] array ? java.util.Arrays.asList(array) : given;
      int flags = CollectionCall.WRITES | watched(site);
      flags |= many instanceof Collection ? CollectionCall.ALL_OF_IT : CollectionCall.PLACES;
      before(target, many, -1, flags, site, thread);
    }
  }

  private static int watched(int site) {
    return site == Site.NONE ? CollectionCall.UNWATCHED : 0;
  }

  /** Woven code has booleans where a hook takes objects. */
  public static Object boxed(boolean value) {
    return value;
  }

  /** What was compared in a queue that does so while it holds its lock. */
  private static SyncVar underItsLock(Object queue) {
    return Order.of(queue, LOCKED);
  }

  static SyncVar stripe(Object map, Object key) {
    int hash = hashOf(key);
    return Order.of(map, (hash ^ hash >>> 16) & STRIPES - 1);
  }

  /** What was placed in a concurrent collection, whatever it was. */
  static SyncVar all(Object collection) {
    return Order.of(collection, ALL);
  }

  /** A map that sorts may hold keys that have no hash code; of others the map's own call throws. */
  private static int hashOf(Object key) {
    try {
      return key.hashCode();
    } catch (RuntimeException e) {
      return 0;
    }
  }

  /** A collection may hold the same object twice; the name of an element does not keep it alive. */
  private static SyncVar element(Object collection, Object element) {
    return Order.of(collection, System.identityHashCode(element));
  }

  /** An element is placed. */
  static void place(Object collection, Object element, ThreadState thread) {
    SyncVar order = element(collection, element);
    order.release(thread);
    all(collection).join(order.clock());
  }

  /** What placed an element; or an equal one, and then it may have been any. */
  static SyncVar placed(Object collection, Object element) {
    SyncVar same = element(collection, element);
    return same.clock() == VectorClock.NONE ? all(collection) : same;
  }

  private static void placeAll(Object base, Collection<?> many, ThreadState thread) {
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
    all(base).release(thread);
  }

  private static @Nullable Object keyOf(Object receiver, @Nullable Object first, int flags) {
    return receiver instanceof Map.Entry<?, ?> entry
        ? entry.getKey()
        : (flags & CollectionCall.KEYED) != 0 ? first : null;
  }

  private static void releaseKey(
      Object receiver, Object map, @Nullable Object first, int flags, ThreadState thread) {
    Object key = keyOf(receiver, first, flags);
    if (key != null) {
      SyncVar stripe = stripe(map, key);
      stripe.release(thread);
      all(map).join(stripe.clock());
    } else {
      for (int i = 0; (flags & CollectionCall.ALL_OF_IT) != 0 && i < STRIPES; i++) {
        Order.of(map, i).join(thread.release());
      }
      all(map).release(thread);
    }
  }

  private static void underMutex(
      @Nullable Object result, Object wrapper, int flags, int site, ThreadState thread) {
    Object mutex = JdkObject.mutex(wrapper);
    thread.locking.end(mutex);
    Object behind = baseOf(JdkObject.behind(wrapper));
    Order.of(mutex).acquire(thread);
    if ((flags & CollectionCall.VIEWS) == 0) {
      thread.took(mutex, mutex, false);
      touchPart(behind, behind, flags, site, thread);
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
      touchPart(behind, behind, flags, site, thread);
    }
  }

  /** A call that has no index of its own. */
  private static void touchPart(
      Object base, Object receiver, int flags, int site, ThreadState thread) {
    if (base instanceof ArrayList<?> list) {
      IndexedLists.touch(list, receiver, -1, flags, site, thread);
    } else {
      touch(base, flags, site, thread);
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

  /** What a view, iterator or entry is a part of; the object itself if of nothing. */
  static Object baseOf(Object object) {
    if (!JdkObject.mayBeView(object)) {
      return object;
    }
    Object outer = JdkObject.outer(object);
    if (outer != null) {
      return baseOf(outer);
    }
    WeakReference<Object> known = BASES.get(object);
    Object base = known == null ? null : known.get();
    if (base == null && JdkObject.isSetOfMap(object)) {
      return baseOf(JdkObject.behind(object));
    }
    return base == null ? object : base;
  }

  private static void view(@Nullable Object result, Object base, int flags) {
    if (result == null || result == base || !JdkObject.isJdk(result.getClass())) {
      return;
    }
    boolean part =
        (flags & CollectionCall.VIEWS) != 0 && isPart(result)
            || (flags & CollectionCall.STEPS) != 0 && isEntry(result);
    if (part && JdkObject.outer(result) == null) {
      isPartOf(result, base);
      Object inner = JdkObject.passedOn(result);
      if (inner != result && inner != base) {
        isPartOf(inner, base);
      }
    }
  }

  /** From now on calls of the part are calls of the base. */
  static void isPartOf(Object part, Object base) {
    BASES.put(part, new WeakReference<>(base));
  }

  /** What was made to go over a collection is a part of it; the stream of one has more to it. */
  @Guarded
  static void goesOver(Object base, Object traversal) {
    JdkObject kind = JdkObject.of(base);
    if (kind != JdkObject.CONCURRENT_MAP && kind != JdkObject.CONCURRENT_COLLECTION) {
      return;
    }
    if (traversal instanceof BaseStream) {
      stream(traversal, base);
    } else {
      isPartOf(traversal, base);
    }
  }

  private static void stream(@Nullable Object result, Object base) {
    if (result instanceof BaseStream<?, ?>) {
      Streams.over(all(base), result);
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
