package org.katagrade.agent.order;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.Variables;

/** Methods of the JDK that go over arrays. */
public final class Arrays {

  private Arrays() {}

  /** Before {@code System.arraycopy}. */
  @Instead(of = System.class)
  public static void arraycopy(Object from, int start, Object to, int at, int count) {
    if (from != null && from.getClass().isArray()) {
      range(from, start, start + count, false);
    }
    if (to != null && to.getClass().isArray()) {
      range(to, at, at + count, true);
    }
    System.arraycopy(from, start, to, at, count);
  }

  /** Before a method that goes over all of an array. */
  @Guarded
  public static void all(@Nullable Object array, boolean write) {
    if (array != null && array.getClass().isArray()) {
      range(array, 0, Array.getLength(array), write);
    }
  }

  /** Before a method that goes over part of an array. */
  @Guarded
  public static void range(@Nullable Object array, int from, int to, boolean write) {
    if (array == null || from < 0) {
      return;
    }
    ThreadState thread = ThreadState.current();
    int end = Math.min(Array.getLength(array), to);
    for (int i = from; i < end; i++) {
      if (write) {
        Variables.writeElement(array, i, thread.call, thread);
      } else {
        Variables.readElement(array, i, thread.call, thread);
      }
    }
  }

  /** Whether a method of {@link java.util.Arrays} writes to its first argument. */
  public static boolean writes(String method) {
    return method.equals("fill")
        || method.equals("setAll")
        || method.endsWith("sort")
        || method.startsWith("parallel");
  }
}
