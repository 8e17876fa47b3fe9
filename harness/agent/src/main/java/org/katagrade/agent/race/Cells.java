package org.katagrade.agent.race;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of variables, and FastTrack's rules over it (Flanagan and Freund, PLDI 2009).
 *
 * <p>The first cell of an array is for the {@link Freeze} of the object, if it has one, and then
 * each variable has two, side by side: its last write, an {@link Access}, and its reads since, an
 * {@link Access} if they are ordered and a {@link ReadSet} if not. Threads may come at the same
 * time. Each first says what it does and then looks at what others said, so of two that conflict at
 * least one sees the other; and nobody sees what comes later in order, since that has not been said
 * yet.
 */
final class Cells {

  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(Cell[].class);

  private Cells() {}

  /** Cells for so many variables. */
  static @Nullable Cell[] of(int variables) {
    return new @Nullable Cell[2 * variables + 1];
  }

  /** For how many variables there are cells. */
  static int variables(@Nullable Cell[] cells) {
    return cells.length / 2;
  }

  private static int writes(int variable) {
    return 2 * variable + 1;
  }

  /** Whether a plain read would tell nothing new. */
  static boolean isRead(@Nullable Cell[] cells, int variable, ThreadState thread) {
    int writes = writes(variable);
    if (Integer.compareUnsigned(writes, cells.length) >= 0) {
      return false;
    }
    Epoch now = thread.epoch();
    Cell write = cells[writes];
    if (write != null && write.epoch == now) {
      return true;
    }
    Cell read = cells[writes + 1];
    return read != null && read.epoch == now;
  }

  /** Whether a plain write would tell nothing new. */
  static boolean isWritten(@Nullable Cell[] cells, int variable, ThreadState thread) {
    int writes = writes(variable);
    if (Integer.compareUnsigned(writes, cells.length) >= 0) {
      return false;
    }
    Cell write = cells[writes];
    return write != null && write.epoch == thread.epoch() && cells[writes + 1] == null;
  }

  /** A read; returns the write it races with. */
  static @Nullable Access read(
      @Nullable Cell[] cells, int variable, ThreadState thread, int site, boolean atomic) {
    int writes = writes(variable);
    if (cells[writes] instanceof Access write && write.isOf(thread) && write.atomic == atomic) {
      return null;
    }
    int reads = writes + 1;
    Cell known = cells[reads];
    if (known instanceof Access read
        ? read.covers(thread, atomic)
        : known instanceof ReadSet set && set.has(thread, atomic)) {
      return null;
    }
    thread.noise();
    add(cells, reads, thread.access(site, false, atomic));
    Access write = (Access) CELL.getVolatile(cells, writes);
    return write != null && write.conflictsWith(thread, atomic) ? write : null;
  }

  private static void add(@Nullable Cell[] cells, int reads, Access read) {
    while (true) {
      Cell known = (Cell) CELL.getVolatile(cells, reads);
      if (known instanceof ReadSet set) {
        set.add(read);
        if (CELL.getVolatile(cells, reads) == set) {
          return;
        }
      } else {
        Cell next =
            known instanceof Access earlier && !earlier.before(read.when.thread())
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
      @Nullable Cell[] cells, int variable, ThreadState thread, int site, boolean atomic) {
    int writes = writes(variable);
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
    Cell read =
        (Cell) (atomic ? CELL.getVolatile(cells, reads) : CELL.getAndSet(cells, reads, null));
    if (write != null && write.conflictsWith(thread, atomic)) {
      return write;
    }
    if (read instanceof ReadSet set) {
      return set.unordered(thread, atomic);
    }
    return read instanceof Access one && one.conflictsWith(thread, atomic) ? one : null;
  }

  /** What orders accesses to a volatile variable. */
  static SyncVar order(@Nullable Cell[] cells, int variable) {
    int at = writes(variable);
    if (CELL.getAcquire(cells, at) instanceof SyncVar order) {
      return order;
    }
    SyncVar made = new SyncVar();
    return CELL.compareAndExchange(cells, at, null, made) instanceof SyncVar earlier
        ? earlier
        : made;
  }
}
