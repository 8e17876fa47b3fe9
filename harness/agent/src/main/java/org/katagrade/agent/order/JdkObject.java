package org.katagrade.agent.order;

import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.ByClass;

/** What an object of the JDK promises to threads that share it. */
enum JdkObject {
  /** Nothing to watch: immutable, or not the JDK's. */
  NONE,
  /** Not safe: counts as one variable. */
  UNSAFE,
  /** As that, an iterator or spliterator by which a stream may run, in many threads. */
  OF_STREAM,
  /** Each call under one monitor. */
  MONITOR,
  /** Passes calls on, under a monitor, to an object that is not safe. */
  SYNCHRONIZED_VIEW,
  /** Passes reads on to an object that may change. */
  UNMODIFIABLE_VIEW,
  /** A map with the promises of {@link java.util.concurrent.ConcurrentMap}. */
  CONCURRENT_MAP,
  /** A collection with the promises of the package {@code java.util.concurrent}. */
  CONCURRENT_COLLECTION,
  /** An iterator or entry of one of those. */
  CONCURRENT_PART;

  /**
   * What is known of a class.
   *
   * @param outer where its objects have the collection they belong to, or 0
   * @param simple whether its objects are not safe, one variable each, and part of no other
   * @param passesOn whether calls of its objects are calls of what is behind them
   */
  private record Known(
      Class<?> type, JdkObject kind, long outer, boolean simple, boolean passesOn) {}

  private static final ByClass<Known> KNOWN =
      new ByClass<>() {
        @Override
        protected Known compute(Class<?> type) {
          JdkObject kind = kindOf(type);
          boolean simple = kind == UNSAFE && isSimple(type);
          return new Known(type, kind, outerOf(type), simple, passesOn(type));
        }
      };

  /** Some of the same, of classes that are never unloaded, for being faster. Not volatile. */
  private static final @Nullable Known[] LATEST = new @Nullable Known[256];

  private static final List<Class<?>> OUTER =
      List.of(
          ArrayList.class,
          HashMap.class,
          LinkedHashMap.class,
          ArrayDeque.class,
          LinkedList.class,
          PriorityQueue.class,
          TreeMap.class);

  private static final ByClass<Long> FIELD =
      new ByClass<>() {
        @Override
        protected Long compute(Class<?> type) {
          return offsetOf(type);
        }
      };

  private static final long ACCESS_ORDER =
      Unsafe.getUnsafe().objectFieldOffset(LinkedHashMap.class, "accessOrder");
  private static final Class<?> SET_OF_MAP =
      java.util.Collections.newSetFromMap(new LinkedHashMap<Object, Boolean>()).getClass();
  private static final Class<?> ARRAY_LIST = java.util.Arrays.asList(1).getClass();
  private static final long ARRAY = Unsafe.getUnsafe().objectFieldOffset(ARRAY_LIST, "a");
  private static final @Nullable Class<?> SYNCHRONIZED_MAP =
      java.util.Collections.synchronizedMap(Map.of()).getClass();
  private static final Class<?> SYNCHRONIZED_COLLECTION =
      java.util.Collections.synchronizedCollection(java.util.List.of()).getClass();

  static JdkObject of(Object object) {
    return known(object).kind;
  }

  /**
   * The collection that a view or iterator belongs to by a field of its own; null if it has none,
   * and then others have to keep that in mind.
   */
  static @Nullable Object outer(Object part) {
    long offset = known(part).outer;
    return offset == 0 ? null : Unsafe.getUnsafe().getReference(part, offset);
  }

  private static Known known(Object object) {
    Class<?> type = object.getClass();
    Known known = LATEST[System.identityHashCode(type) & LATEST.length - 1];
    return known != null && known.type == type ? known : lookUp(type);
  }

  private static Known lookUp(Class<?> type) {
    Known known = KNOWN.get(type);
    if (type.getClassLoader() == null) {
      LATEST[System.identityHashCode(type) & LATEST.length - 1] = known;
    }
    return known;
  }

  /** The array behind a list that {@link java.util.Arrays#asList} made, or null. */
  static @Nullable Object arrayBehind(Object list) {
    return list.getClass() == ARRAY_LIST ? Unsafe.getUnsafe().getReference(list, ARRAY) : null;
  }

  /** Whether another object may stand behind it; no for the most usual classes. */
  static boolean mayBeView(Object object) {
    Class<?> type = object.getClass();
    return type != ArrayList.class
        && type != HashMap.class
        && type != StringBuilder.class
        && type != ArrayDeque.class
        && (of(object) != NONE || isSetOfMap(object));
  }

  /** Whether it is not safe, one variable, part of no other, and read by what says it reads. */
  static boolean isSimple(Object object) {
    return known(object).simple;
  }

  private static boolean isSimple(Class<?> type) {
    return isJdk(type)
        && Modifier.isPublic(type.getModifiers())
        && type.getEnclosingClass() == null
        && type != ArrayList.class
        && type != LinkedHashMap.class;
  }

  /**
   * What calls of this wrapper of {@link java.util.Collections} are calls of: a checked collection,
   * a deque as a stack, and what cannot be changed through it, if what can is a concurrent
   * collection. Anything else itself.
   */
  static Object passedOn(Object object) {
    Object inner = object;
    while (passesOn(inner)) {
      Object next = behind(inner);
      if (next == inner) {
        return inner;
      }
      inner = next;
    }
    return of(object) != UNMODIFIABLE_VIEW || isConcurrent(inner) ? inner : object;
  }

  private static boolean passesOn(Object object) {
    Known known = known(object);
    return known.passesOn || known.kind == UNMODIFIABLE_VIEW;
  }

  private static boolean passesOn(Class<?> type) {
    String name = type.getName();
    return name.equals("java.util.Collections$AsLIFOQueue")
        || name.startsWith("java.util.Collections$Checked") && !isCheckedPart(type);
  }

  /** Whether it is a view or step of a checked collection, which it does not name. */
  private static boolean isCheckedPart(Class<?> type) {
    return type.getName().startsWith("java.util.Collections$Checked")
        && (Iterator.class.isAssignableFrom(type)
            || Map.Entry.class.isAssignableFrom(type)
            || type.getName().endsWith("$CheckedEntrySet"));
  }

  private static boolean isConcurrent(Object object) {
    JdkObject kind = of(object);
    return kind == CONCURRENT_MAP || kind == CONCURRENT_COLLECTION;
  }

  /** Whether it is a queue that compares its elements only while it holds its one lock. */
  static boolean comparesUnderItsLock(Object queue) {
    return isSortedQueue(queue)
        || queue instanceof ArrayBlockingQueue
        || queue instanceof LinkedBlockingQueue
        || queue instanceof LinkedBlockingDeque;
  }

  /** Whether it is a blocking queue that compares elements whenever one comes or goes. */
  static boolean isSortedQueue(Object queue) {
    return queue instanceof PriorityBlockingQueue || queue instanceof DelayQueue;
  }

  /** Whether it promises nothing, and nothing stands behind it. */
  static boolean isOfNoInterest(Object object) {
    return of(object) == NONE && !isSetOfMap(object);
  }

  /** Whether the class, or what it inherits, is the JDK's. */
  static boolean isJdk(Class<?> type) {
    return type.getClassLoader() == null
        || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
  }

  private static JdkObject kindOf(Class<?> type) {
    Class<?> known = type;
    while (!isJdk(known)) {
      known = known.getSuperclass();
    }
    String name = known.getName();
    if (name.startsWith("org.katagrade.") || known == Object.class || isSkeleton(name)) {
      return NONE;
    }
    if (name.startsWith("java.util.concurrent.")) {
      return Map.class.isAssignableFrom(known)
          ? CONCURRENT_MAP
          : Collection.class.isAssignableFrom(known) ? CONCURRENT_COLLECTION : CONCURRENT_PART;
    }
    if (name.startsWith("java.util.Collections$Synchronized")) {
      return SYNCHRONIZED_VIEW;
    }
    if (name.startsWith("java.util.Collections$Unmodifiable")) {
      return UNMODIFIABLE_VIEW;
    }
    if (Vector.class.isAssignableFrom(known)
        || Hashtable.class.isAssignableFrom(known)
        || known == StringBuffer.class) {
      return MONITOR;
    }
    if (isCheckedPart(known)) {
      return CONCURRENT_PART;
    }
    if (name.startsWith("java.util.Immutable")
        || name.startsWith("java.util.Collections$")
        || name.startsWith("java.util.KeyValueHolder")
        || name.endsWith("ImmutableEntry")) {
      return NONE;
    }
    if (name.startsWith("java.util.stream.") || name.startsWith("java.util.Spliterators$")) {
      return OF_STREAM;
    }
    return name.startsWith("java.util.")
            || name.startsWith("java.text.")
            || known == StringBuilder.class
        ? UNSAFE
        : NONE;
  }

  /**
   * Whether the class, as {@link java.util.AbstractQueue}, holds nothing itself: what a collection
   * written outside the JDK inherits from it, and the views it makes of that collection, go through
   * the collection's own code, which is woven.
   */
  private static boolean isSkeleton(String name) {
    return name.startsWith("java.util.Abstract") && !name.endsWith("$SimpleEntry")
        || name.equals("java.util.Dictionary")
        || name.equals("java.text.Format");
  }

  /** Whether {@link java.util.Collections#newSetFromMap} made it. */
  static boolean isSetOfMap(Object object) {
    return object.getClass() == SET_OF_MAP;
  }

  /** What a view of {@link java.util.Collections} passes calls on to; itself if unknown. */
  static Object behind(Object view) {
    long offset = FIELD.get(view.getClass());
    Object behind = offset < 0 ? null : Unsafe.getUnsafe().getReference(view, offset);
    return behind == null ? view : behind;
  }

  /** What such a view locks. */
  static Object mutex(Object view) {
    Class<?> holder = view instanceof Map ? SYNCHRONIZED_MAP : SYNCHRONIZED_COLLECTION;
    if (holder == null || !holder.isInstance(view)) {
      return view;
    }
    long offset = Unsafe.getUnsafe().objectFieldOffset(holder, "mutex");
    Object mutex = Unsafe.getUnsafe().getReference(view, offset);
    return mutex == null ? view : mutex;
  }

  static boolean keepsAccessOrder(Object map) {
    return map instanceof LinkedHashMap && Unsafe.getUnsafe().getBoolean(map, ACCESS_ORDER);
  }

  private static long outerOf(Class<?> type) {
    for (Class<?> holder = type; isJdk(holder); holder = holder.getSuperclass()) {
      Class<?> enclosing = holder.getEnclosingClass();
      if (enclosing != null
          && OUTER.contains(enclosing)
          && !Modifier.isStatic(holder.getModifiers())
          && !Map.Entry.class.isAssignableFrom(holder)) {
        try {
          return Unsafe.getUnsafe().objectFieldOffset(holder, "this$0");
        } catch (InternalError e) {
          return 0; // it has no use for it
        }
      }
      if (holder == Object.class) {
        return 0;
      }
    }
    return 0;
  }

  private static long offsetOf(Class<?> type) {
    for (Class<?> holder = type; holder != null; holder = holder.getSuperclass()) {
      for (String field : new String[] {"c", "m", "q"}) {
        try {
          return Unsafe.getUnsafe().objectFieldOffset(holder, field);
        } catch (InternalError e) {
          // This class has no such field.
          continue;
        }
      }
    }
    return -1;
  }
}
