package org.katagrade.agent.weave;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.Spliterator;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.regex.Matcher;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.order.Atomics;

/** Calls of the JDK around which the weaver tells what happens, since they are too many to name. */
enum InlineCalls {
  /** A collection, or another object without locks of its own that counts as one variable. */
  COLLECTION,
  /** An object that holds a value to be changed atomically, or a handle of a field. */
  ATOMIC,
  /** A step of a stream's pipeline. */
  STREAM,
  /** A step that makes a stage of a computation. */
  STAGE,
  /** The making of a handle of a field. */
  HANDLE,
  /** An access to memory by its address. */
  UNSAFE;

  private static final List<Class<?>> COLLECTIONS =
      List.of(
          Collection.class,
          Map.class,
          Map.Entry.class,
          Iterable.class,
          Iterator.class,
          Spliterator.class,
          Enumeration.class,
          BitSet.class,
          Matcher.class,
          SplittableRandom.class,
          Date.class,
          Calendar.class,
          java.text.Format.class,
          StringBuilder.class,
          StringBuffer.class,
          StringJoiner.class);

  /** A node that extends an atomic object calls what it inherits by its own name. */
  private static final List<Class<?>> ATOMICS =
      List.of(
          AtomicBoolean.class,
          AtomicInteger.class,
          AtomicIntegerArray.class,
          AtomicLong.class,
          AtomicLongArray.class,
          AtomicReference.class,
          AtomicReferenceArray.class,
          VarHandle.class,
          AtomicIntegerFieldUpdater.class,
          AtomicLongFieldUpdater.class,
          AtomicReferenceFieldUpdater.class);

  /** What classes of a program extend or implement, supertypes first. */
  static final List<Class<?>> INHERITED =
      List.of(
          Collection.class,
          Map.class,
          List.class,
          Queue.class,
          Deque.class,
          BlockingQueue.class,
          BlockingDeque.class,
          TransferQueue.class,
          ConcurrentMap.class,
          NavigableMap.class,
          NavigableSet.class,
          AtomicBoolean.class,
          AtomicInteger.class,
          AtomicLong.class,
          AtomicReference.class,
          CompletionStage.class);

  private static final Set<String> MAKING =
      Set.of("findVarHandle", "findStaticVarHandle", "unreflectVarHandle");

  static @Nullable InlineCalls of(String owner, String name, Hierarchy hierarchy) {
    if (name.equals("<init>")) {
      return null;
    }
    if (owner.equals("sun/misc/Unsafe")) {
      return UNSAFE;
    }
    if (owner.equals("java/lang/invoke/VarHandle") && name.startsWith("withInvoke")) {
      return HANDLE;
    }
    if (owner.startsWith("java/util/concurrent/atomic/")) {
      return ATOMIC;
    }
    for (Class<?> handle : ATOMICS) {
      if (hierarchy.isSubtype(owner, handle)) {
        return ATOMIC;
      }
    }
    if (isState(name) && hierarchy.isSubtype(owner, AbstractOwnableSynchronizer.class)) {
      return ATOMIC;
    }
    if (owner.equals("java/lang/invoke/MethodHandles$Lookup")) {
      return MAKING.contains(name) ? HANDLE : null;
    }
    if (hierarchy.isSubtype(owner, CompletionStage.class)) {
      return STAGE;
    }
    if (hierarchy.isSubtype(owner, BaseStream.class)) {
      return STREAM;
    }
    for (Class<?> type : COLLECTIONS) {
      if (hierarchy.isSubtype(owner, type)) {
        return COLLECTION;
      }
    }
    return null;
  }

  /** Whether anything is told around a call of this method of one of {@link #INHERITED}. */
  static boolean isTold(Method method) {
    String owner = method.getDeclaringClass().getName().replace('.', '/');
    String name = method.getName();
    if (Modifier.isStatic(method.getModifiers())
        || owner.equals("java/lang/Object")
        || name.equals("equals")
        || name.equals("hashCode")
        || name.equals("toString")) {
      return false;
    }
    return owner.startsWith("java/util/concurrent/atomic/") || owner.equals("java/lang/Number")
        ? Atomics.modeOf(owner, name) != Atomics.NOTHING
        : !CompletionStage.class.isAssignableFrom(method.getDeclaringClass())
            || !method.getReturnType().isPrimitive();
  }

  private static boolean isState(String name) {
    return name.equals("getState") || name.equals("setState") || name.equals("compareAndSetState");
  }

  static boolean isOfInterest(String owner, String name, Hierarchy hierarchy) {
    return of(owner, name, hierarchy) != null;
  }
}
