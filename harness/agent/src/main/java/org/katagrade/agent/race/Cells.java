package org.katagrade.agent.race;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of variables, and FastTrack's rules over it (Flanagan and Freund, PLDI 2009).
 *
 * <p>A variable has two cells, side by side in an array: its last write, an {@link Access}, and its
 * reads since, an {@link Access} if they are ordered and a {@link ReadSet} if not. Threads may come
 * at the same time. Each first says what it does and then looks at what others said, so of two that
 * conflict at least one sees the other; and nobody sees what comes later in order, since that has
 * not been said yet.
 */
public final class Cells {

  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(Object[].class);

  private Cells() {}

  /** Cells for so many variables. */
  public static Object[] of(int variables) {
    return new Object[2 * variables];
  }

  /** Whether a plain read would tell nothing new. */
  static boolean isRead(Object[] cells, int variable, ThreadState thread) {
    return cells[2 * variable] instanceof Access write && write.isOf(thread) && !write.atomic
        || cells[2 * variable + 1] instanceof Access read && read.isOf(thread) && !read.atomic;
  }

  /** Whether a plain write would tell nothing new. */
  static boolean isWritten(Object[] cells, int variable, ThreadState thread) {
    return cells[2 * variable] instanceof Access write
        && write.isOf(thread)
        && !write.atomic
        && cells[2 * variable + 1] == null;
  }

  /** A read; returns the write it races with. */
  static @Nullable Access read(
      Object[] cells, int variable, ThreadState thread, int site, boolean atomic) {
    int writes = 2 * variable;
    if (cells[writes] instanceof Access write && write.isOf(thread) && write.atomic == atomic) {
      return null;
    }
    int reads = writes + 1;
    Object known = cells[reads];
    if (known instanceof Access read
        ? read.isOf(thread) && read.atomic == atomic
        : known instanceof ReadSet set && set.has(thread)) {
      return null;
    }
    thread.noise();
    add(cells, reads, thread.access(site, false, atomic));
    Access write = (Access) CELL.getVolatile(cells, writes);
    return write != null && write.conflictsWith(thread, atomic) ? write : null;
  }

  private static void add(Object[] cells, int reads, Access read) {
    while (true) {
      Object known = CELL.getVolatile(cells, reads);
      if (known instanceof ReadSet set) {
        set.add(read);
        if (CELL.getVolatile(cells, reads) == set) {
          return;
        }
      } else {
        Object next =
            known instanceof Access earlier && !earlier.before(read.thread)
                ? new ReadSet(earlier, read)
                : read;
        if (CELL.compareAndSet(cells, reads, known, next)) {
          return;
        }
      }
    }
  }

  /** A write; returns the access it races with. */
  static @Nullable Access write(
      Object[] cells, int variable, ThreadState thread, int site, boolean atomic) {
    int writes = 2 * variable;
    int reads = writes + 1;
    if (cells[writes] instanceof Access write
        && write.isOf(thread)
        && write.atomic == atomic
        && cells[reads] == null) {
      return null;
    }
    thread.noise();
    Access write = (Access) CELL.getAndSet(cells, writes, thread.access(site, true, atomic));
    // Reads by atomic modes still race with a plain write that comes after an atomic one.
    Object read = atomic ? CELL.getVolatile(cells, reads) : CELL.getAndSet(cells, reads, null);
    if (write != null && write.conflictsWith(thread, atomic)) {
      return write;
    }
    if (read instanceof ReadSet set) {
      return set.unordered(thread, atomic);
    }
    return read instanceof Access one && one.conflictsWith(thread, atomic) ? one : null;
  }
}
