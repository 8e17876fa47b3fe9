package org.katagrade.agent.order;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.ByClass;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.Variables;

/**
 * Calls of an {@link ArrayList}, whose elements are variables of their own, and its structure one
 * more. "A structural modification is any operation that adds or deletes one or more elements, or
 * explicitly resizes the backing array; merely setting the value of an element is not a structural
 * modification." Every other call reads the structure, so that a structural one conflicts with all.
 */
final class IndexedLists {

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final long ARRAY = UNSAFE.objectFieldOffset(ArrayList.class, "elementData");
  private static final long SIZE = UNSAFE.objectFieldOffset(ArrayList.class, "size");

  /** Where the parts of a list, which know where they are, keep that. */
  private static final ByClass<Part> PARTS =
      new ByClass<>() {
        @Override
        protected Part compute(Class<?> type) {
          return new Part(
              offset(type, "cursor"),
              offset(type, "lastRet"),
              Math.max(offset(type, "this$0"), offset(type, "this$1")),
              offset(type, "offset"),
              offset(type, "size"));
        }
      };

  private record Part(long cursor, long last, long outer, long offset, long size) {

    boolean isIterator() {
      return cursor >= 0 && last >= 0 && outer >= 0;
    }

    boolean isSubList() {
      return offset >= 0 && size >= 0;
    }
  }

  private static final Class<?> ITERATOR = new ArrayList<Object>().iterator().getClass();
  private static final Part PART = PARTS.get(ITERATOR);

  /** So many elements, from one on. */
  private record Range(int from, int to) {}

  private IndexedLists() {}

  /**
   * A call of the list or of a view or iterator of it.
   *
   * @param index the first of its arguments that is an {@code int}, or -1
   */
  static void touch(
      ArrayList<?> list, Object receiver, int index, int flags, int site, ThreadState thread) {
    if ((flags & CollectionCall.UNWATCHED) != 0) {
      return;
    }
    boolean writes = (flags & CollectionCall.WRITES) != 0;
    Range range =
        writes && (flags & CollectionCall.ELEMENT) == 0
            ? null
            : range(list, receiver, index, flags);
    if (range == null) {
      Variables.whole(list, writes, site, thread);
      return;
    }
    Variables.whole(list, false, site, thread);
    if (UNSAFE.getReference(list, ARRAY) instanceof Object[] elements) {
      int end = Math.min(range.to, Math.min(UNSAFE.getInt(list, SIZE), elements.length));
      for (int i = range.from; i < end; i++) {
        Variables.elementOf(list, elements, i, writes, site, thread);
      }
    }
  }

  /** The elements that the call reads or writes; null if a call that writes may write any. */
  private static @Nullable Range range(ArrayList<?> list, Object receiver, int index, int flags) {
    // Where a spliterator is, it does not say, and others may set what is not its part.
    if ((flags & (CollectionCall.COUNTS | CollectionCall.VIEWS)) != 0
        || receiver instanceof Spliterator) {
      return new Range(0, 0);
    }
    boolean one = (flags & CollectionCall.ELEMENT) != 0;
    boolean writes = (flags & CollectionCall.WRITES) != 0;
    if (receiver == list && one && index >= 0) {
      return new Range(index, index + 1);
    }
    Part part = receiver.getClass() == ITERATOR ? PART : PARTS.get(receiver.getClass());
    if (receiver instanceof List && receiver != list && part.isSubList()) {
      int from = UNSAFE.getInt(receiver, part.offset);
      return one && index >= 0
          ? new Range(from + index, from + index + 1)
          : new Range(from, from + UNSAFE.getInt(receiver, part.size));
    }
    if (receiver instanceof Iterator && one && part.isIterator()) {
      Object outer = UNSAFE.getReference(receiver, part.outer);
      Part of = outer == null ? part : PARTS.get(outer.getClass());
      int from =
          outer != null && outer != list && of.isSubList() ? UNSAFE.getInt(outer, of.offset) : 0;
      int back = (flags & CollectionCall.STEPS) != 0 || writes ? 0 : 1;
      int at = from + UNSAFE.getInt(receiver, writes ? part.last : part.cursor) - back;
      return at < 0 ? new Range(0, 0) : new Range(at, at + 1);
    }
    return writes ? null : new Range(0, Integer.MAX_VALUE);
  }

  private static long offset(Class<?> type, String field) {
    for (Class<?> holder = type; holder != null; holder = holder.getSuperclass()) {
      try {
        return UNSAFE.objectFieldOffset(holder, field);
      } catch (InternalError e) {
        // This class has no such field.
        continue;
      }
    }
    return -1;
  }
}
