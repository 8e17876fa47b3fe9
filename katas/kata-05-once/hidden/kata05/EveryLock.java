package kata05;

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
import org.jspecify.annotations.Nullable;

/**
 * All that some objects of a submission could lock on, found through their fields and those of what
 * they refer to: monitors and locks, private ones too.
 *
 * <p>It cannot see what stands in objects of the JDK other than an {@link AtomicReference}. What
 * other code could lock on as well, such as a string, is left alone.
 */
final class EveryLock {

  private final Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());

  private EveryLock() {}

  /** Looks through these objects. */
  static EveryLock of(Object... roots) throws IllegalAccessException {
    EveryLock locks = new EveryLock();
    Deque<Object> left = new ArrayDeque<>(Arrays.asList(roots));
    while (!left.isEmpty()) {
      Object next = left.remove();
      if (!isShared(next) && locks.found.add(next)) {
        left.addAll(referredToBy(next));
      }
    }
    return locks;
  }

  /** Runs the action while it holds them all. */
  void holding(Runnable action) {
    holding(List.copyOf(found), action);
  }

  private static void holding(List<Object> locks, Runnable action) {
    if (locks.isEmpty()) {
      action.run();
      return;
    }
    Object first = locks.getFirst();
    Lock lock = explicit(first);
    if (lock != null) {
      lock.lock();
    }
    try {
      synchronized (first) {
        holding(locks.subList(1, locks.size()), action);
      }
    } finally {
      if (lock != null) {
        lock.unlock();
      }
    }
  }

  private static @Nullable Lock explicit(Object object) {
    return switch (object) {
      case ReadWriteLock both -> both.writeLock();
      case Lock lock -> lock;
      default -> null;
    };
  }

  private static List<Object> referredToBy(Object object) throws IllegalAccessException {
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

  private static boolean isTheirs(Class<?> type) {
    return type.getPackageName().equals(EveryLock.class.getPackageName());
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
