package org.katagrade.agent.order;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.ByClass;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.WeakIdentityMap;
import org.katagrade.agent.race.WovenClass;

/**
 * Tasks given to a pool that lets the program see them again: in its queue, which may sort them, in
 * {@code beforeExecute}, {@code newTaskFor} or the handler of those it rejects. A wrapper in their
 * place could not be compared or cast as they can, so those whose class is woven tell of their runs
 * themselves, each of one run at a time.
 */
final class GivenTasks {

  private static final WeakIdentityMap<Object, Callbacks.Carrier> GIVEN = new WeakIdentityMap<>();

  /** Not volatile: who runs a task was told of it by the pool. */
  private static boolean any;

  private static final ByClass<Boolean> TELLS =
      new ByClass<>() {
        @Override
        protected Boolean compute(Class<?> type) {
          try {
            return !type.isHidden()
                && !(Callable.class.isAssignableFrom(type) && Runnable.class.isAssignableFrom(type))
                && tells(type.getMethod(Callable.class.isAssignableFrom(type) ? "call" : "run"));
          } catch (NoSuchMethodException e) {
            return false;
          }
        }
      };

  private GivenTasks() {}

  /** A synchronized method tells of its monitor and of nothing else. */
  private static boolean tells(Method method) {
    return !Modifier.isSynchronized(method.getModifiers())
        && WovenClass.of(method.getDeclaringClass()) != null;
  }

  /** Whether the task will tell of its next run, which this is to surround. */
  static boolean give(Object task, Callbacks.Carrier carrier) {
    if (!TELLS.get(task.getClass())) {
      return false;
    }
    any = true;
    return GIVEN.computeIfAbsent(task, none -> carrier) == carrier;
  }

  /** The pool will not run it. */
  static void takeBack(@Nullable Object task) {
    if (any && task != null) {
      GIVEN.remove(task);
    }
  }

  /** A run of a task begins; null if it was not given to a pool. */
  static @Nullable Object begin(Object task, ThreadState thread) {
    Callbacks.Carrier carrier = any ? GIVEN.remove(task) : null;
    if (carrier != null) {
      carrier.begin(null, thread);
    }
    return carrier;
  }

  /** The run that got this from {@link #begin} has ended. */
  static void end(@Nullable Object carrier, ThreadState thread) {
    if (carrier != null) {
      ((Callbacks.Carrier) carrier).end(null, null, thread);
    }
  }
}
