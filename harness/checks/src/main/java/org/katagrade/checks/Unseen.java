package org.katagrade.checks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A list that many threads add to, in the order in which they do, and that orders nobody in the
 * eyes of the race detector: a check that writes down what happens must not hide the races it looks
 * on at.
 *
 * <p>The queue behind it would order who adds before who looks. The detector knows the queue's
 * methods by their calls, and calls by method handle it does not see.
 *
 * <p>Safe for use by many threads, as long as the elements are.
 */
final class Unseen<E> {

  private static final MethodHandle ADD;
  private static final MethodHandle TO_ARRAY;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> queue = ConcurrentLinkedQueue.class;
      ADD =
          lookup
              .findVirtual(queue, "add", MethodType.methodType(boolean.class, Object.class))
              .asType(MethodType.methodType(void.class, ConcurrentLinkedQueue.class, Object.class));
      TO_ARRAY = lookup.findVirtual(queue, "toArray", MethodType.methodType(Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ConcurrentLinkedQueue<E> elements = new ConcurrentLinkedQueue<>();

  /** Adds one at the end. */
  void add(E element) {
    try {
      ADD.invokeExact(elements, (Object) element);
    } catch (Throwable e) {
      throw new LinkageError("adding to a list", e); // add throws nothing
    }
  }

  /** All that have been added so far. */
  @SuppressWarnings("unchecked") // only elements were added
  List<E> toList() {
    try {
      List<E> all = new ArrayList<>();
      for (Object element : (Object[]) TO_ARRAY.invokeExact(elements)) {
        all.add((E) element);
      }
      return all;
    } catch (Throwable e) {
      throw new LinkageError("reading a list", e); // toArray throws nothing
    }
  }
}
