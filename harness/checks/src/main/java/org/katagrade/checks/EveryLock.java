package org.katagrade.checks;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that some objects of a submission could lock on, found through their fields and those of what
 * they refer to: monitors and locks, private ones too.
 *
 * <p>It cannot see what stands in objects of the JDK other than an {@link AtomicReference}. What
 * other code could lock on as well, such as a string, is left alone.
 */
public final class EveryLock {

  private final String theirs;
  private final Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());

  private EveryLock(String theirs) {
    this.theirs = theirs;
  }

  /** Looks through these objects, and what they refer to that is of the first one's package. */
  public static EveryLock of(Object first, Object... more) throws IllegalAccessException {
    EveryLock locks = new EveryLock(first.getClass().getPackageName());
    List<Object> roots = new ArrayList<>(List.of(more));
    roots.add(first);
    Deque<Object> left = new ArrayDeque<>(roots);
    while (!left.isEmpty()) {
      Object next = left.remove();
      if (!isShared(next) && locks.found.add(next)) {
        left.addAll(locks.referredToBy(next));
      }
    }
    return locks;
  }

  /** Runs the action while this thread holds them all; for an action that needs none of them. */
  public void holding(Crowd.Task action) throws Exception {
    holding(List.copyOf(found), EveryLock::take, action);
  }

  /**
   * Runs the action while this thread holds all that it can take a second time, and so can use the
   * objects and keep others out. Explicit locks that somebody else has, or that are not known to be
   * reentrant, are left alone.
   */
  public void holdingForItself(Crowd.Task action) throws Exception {
    holding(List.copyOf(found), EveryLock::takeIfReentrant, action);
  }

  private static void holding(
      List<Object> left, Function<Object, @Nullable Lock> take, Crowd.Task action)
      throws Exception {
    if (left.isEmpty()) {
      action.run();
      return;
    }
    Object first = left.getFirst();
    Lock taken = take.apply(first);
    try {
      synchronized (first) {
        holding(left.subList(1, left.size()), take, action);
      }
    } finally {
      if (taken != null) {
        taken.unlock();
      }
    }
  }

  private static @Nullable Lock take(Object object) {
    Lock lock = explicit(object);
    if (lock != null) {
      lock.lock();
    }
    return lock;
  }

  private static @Nullable Lock takeIfReentrant(Object object) {
    Lock lock = explicit(object);
    boolean reentrant =
        lock instanceof ReentrantLock || lock instanceof ReentrantReadWriteLock.WriteLock;
    return lock != null && reentrant && lock.tryLock() ? lock : null;
  }

  private static @Nullable Lock explicit(Object object) {
    return switch (object) {
      case ReadWriteLock both -> both.writeLock();
      case Lock lock -> lock;
      default -> null;
    };
  }

  private List<Object> referredToBy(Object object) throws IllegalAccessException {
    List<Object> referredTo = new ArrayList<>();
    if (object instanceof AtomicReference<?> reference) {
      add(reference.get(), referredTo);
    } else if (object instanceof Object[] array) {
      Arrays.stream(array).forEach(each -> add(each, referredTo));
    }
    for (Class<?> type = object.getClass(); isTheirs(type); type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!field.getType().isPrimitive()) {
          field.setAccessible(true);
          add(field.get(Modifier.isStatic(field.getModifiers()) ? null : object), referredTo);
        }
      }
    }
    return referredTo;
  }

  private static void add(@Nullable Object object, List<Object> to) {
    if (object != null) {
      to.add(object);
    }
  }

  private boolean isTheirs(Class<?> type) {
    String name = type.getPackageName();
    return name.equals(theirs) || name.startsWith(theirs + ".");
  }

  private static boolean isShared(Object object) {
    return object instanceof String
        || object instanceof Number
        || object instanceof Boolean
        || object instanceof Character
        || object instanceof Enum<?>
        || object instanceof Class<?>
        || object instanceof Thread;
  }
}
