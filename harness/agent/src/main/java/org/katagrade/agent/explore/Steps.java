package org.katagrade.agent.explore;

import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** What woven code calls before it does something that other threads can see. */
public final class Steps {

  private Steps() {}

  /** Which version of a method the calling thread is to run, as {@link Mode#ordinal}. */
  public static int mode() {
    Strand strand = Execution.running;
    return strand != null && strand.thread == Thread.currentThread() ? strand.execution.mode() : 0;
  }

  /** A field of this object is read next. */
  public static void read(@Nullable Object owner, int field) {
    Strand me = Execution.me();
    if (me != null && owner != null) {
      me.execution.step(me, variable(me, owner, field), true);
      Teller teller = me.execution.teller();
      if (teller != null) {
        teller.reads(me, owner, field);
      }
    }
  }

  /** A field of this object is written next. */
  public static void write(@Nullable Object owner, int field) {
    Strand me = Execution.me();
    if (me != null && owner != null) {
      me.execution.step(me, variable(me, owner, field), false);
      Teller teller = me.execution.teller();
      if (teller != null) {
        teller.writes(me, owner, field);
      }
    }
  }

  /** A static field is read next. */
  public static void readStatic(int field) {
    Strand me = Execution.me();
    if (me != null) {
      me.execution.step(me, ofStatic(field), true);
      Teller teller = me.execution.teller();
      if (teller != null) {
        teller.reads(me, null, field);
      }
    }
  }

  /** A static field is written next. */
  public static void writeStatic(int field) {
    Strand me = Execution.me();
    if (me != null) {
      me.execution.step(me, ofStatic(field), false);
      Teller teller = me.execution.teller();
      if (teller != null) {
        teller.writes(me, null, field);
      }
    }
  }

  /** An element of this array is read next. */
  public static void readElement(@Nullable Object array, int index) {
    Strand me = Execution.me();
    if (me != null && array != null) {
      me.execution.step(me, variable(me, array, index), true);
      Teller teller = me.execution.teller();
      if (teller != null) {
        teller.readsElement(me, array, index);
      }
    }
  }

  /** An element of this array is written next. */
  public static void writeElement(@Nullable Object array, int index) {
    Strand me = Execution.me();
    if (me != null && array != null) {
      me.execution.step(me, variable(me, array, index), false);
      Teller teller = me.execution.teller();
      if (teller != null) {
        teller.writesElement(me, array, index);
      }
    }
  }

  /** A method of the JDK is called next by which threads have to do with each other. */
  public static void call(@Nullable Object receiver, int method) {
    Strand me = Execution.me();
    if (me != null) {
      int object = Candidates.ANYTHING;
      if (receiver != null) {
        Object one = receiver instanceof Lock lock ? Synchronizers.whole(lock) : receiver;
        object = me.execution.target(one).number;
      }
      me.execution.step(me, object, MethodName.onlyLooks(method));
      Teller teller = me.execution.teller();
      if (teller != null) {
        teller.calls(me, receiver, method);
      }
    }
  }

  /** In place of {@link System#identityHashCode}: within a run it depends on the run only. */
  public static int identityHashCode(@Nullable Object object) {
    Strand me = Execution.me();
    return me == null || object == null
        ? System.identityHashCode(object)
        : hash(me.execution.target(object));
  }

  /** In place of {@link Object#hashCode}, which may be overridden. */
  public static int hashCode(Object object) {
    Strand me = Execution.me();
    int hash = object.hashCode();
    return me == null || hash != System.identityHashCode(object)
        ? hash
        : hash(me.execution.target(object));
  }

  private static int hash(Target target) {
    return target.number * 0x9E37_79B9 >>> 1;
  }

  /**
   * A number for a field or element. It is not that of the object, which stands for its monitor;
   * what reaches a field by a handle or an updater has the number of that.
   */
  private static int variable(Strand me, Object owner, int part) {
    return me.execution.target(owner).number * 31 + (part + 1) * 0x9E37_79B9 | 1 << 31;
  }

  private static int ofStatic(int field) {
    return field + 1 | 1 << 30;
  }
}
