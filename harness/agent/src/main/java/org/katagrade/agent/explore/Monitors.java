package org.katagrade.agent.explore;

import java.util.Hashtable;
import java.util.Vector;
import org.jspecify.annotations.Nullable;

/** The monitors of explored code, which the JVM does not know of. */
public final class Monitors {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private Monitors() {}

  /** In place of {@code monitorenter}. */
  public static void enter(@Nullable Object object) {
    if (object == null) {
      throw new NullPointerException("Cannot enter synchronized block because value is null");
    }
    Strand me = Execution.me();
    if (me != null) {
      Target monitor = me.execution.target(object);
      boolean again = monitor.owner == me;
      me.execution.enter(me, monitor);
      Teller teller = me.execution.teller();
      if (!again) {
        me.held.took(object, teller == null ? null : teller.takes(me, object));
      }
    }
  }

  /** In place of {@code monitorexit}. */
  public static void exit(Object object) {
    Strand me = Execution.me();
    if (me != null) {
      Target monitor = me.execution.target(object);
      if (monitor.owner != me) {
        if (me.execution.isOver()) {
          return;
        }
        throw new IllegalMonitorStateException("current thread is not owner");
      }
      me.execution.exit(monitor);
      if (monitor.owner == null) {
        me.held.gave(object);
        Teller teller = me.execution.teller();
        if (teller != null) {
          teller.gives(me, object);
        }
      }
    }
  }

  /** The object, if it is one whose methods the JDK has made {@code synchronized}; else null. */
  public static @Nullable Object lockedBy(@Nullable Object object) {
    return object instanceof Vector<?>
            || object instanceof Hashtable<?, ?>
            || object instanceof StringBuffer
        ? object
        : null;
  }

  /** Before a call in which the JDK locks this object; null for none. */
  public static void enterWithin(@Nullable Object object) {
    Strand me = object == null ? null : Execution.me();
    if (me != null && object != null) {
      me.execution.enterWithin(me, me.execution.target(object));
    }
  }

  /** Behind such a call. */
  public static void exitWithin(@Nullable Object object) {
    Strand me = object == null ? null : Execution.me();
    if (me != null && object != null && me.execution.target(object).owner == me) {
      me.execution.exit(me.execution.target(object));
    }
  }

  /** Before a monitor that stays with the JVM is locked: that will not have to wait. */
  public static void shadow(@Nullable Object object) {
    Strand me = Execution.me();
    if (me != null && object != null) {
      me.execution.shadow(me, me.execution.target(object));
    }
  }

  /** As {@link #shadow}, of an object that only the JDK knows. */
  public static void shadowInner(@Nullable Object object) {
    Strand me = Execution.me();
    if (me != null && object != null) {
      me.execution.shadow(me, me.execution.inner(object));
    }
  }

  /** Such a monitor was unlocked. */
  public static void left() {
    Strand me = Execution.me();
    if (me != null) {
      me.execution.left(me);
    }
  }

  /** A class initialiser begins: the JVM lets nobody else go on meanwhile. */
  public static void mask(Object type) {
    Strand me = Execution.me();
    if (me != null) {
      me.masked++;
    }
  }

  /** A class initialiser ends. */
  public static void unmask(Object type) {
    Strand me = Execution.me();
    if (me != null && me.masked > 0) {
      me.masked--;
    }
  }

  /** In place of {@link Thread#holdsLock}. */
  public static boolean holds(Object object) {
    Strand me = Execution.me();
    return me == null ? Thread.holdsLock(object) : me.execution.target(object).owner == me;
  }

  /** In place of {@link Object#wait()}. */
  public static void await(Object object) throws InterruptedException {
    await(object, 0, 0);
  }

  /** In place of {@link Object#wait(long)}. */
  public static void await(Object object, long millis) throws InterruptedException {
    await(object, millis, 0);
  }

  /** In place of {@link Object#wait(long, int)}. */
  public static void await(Object object, long millis, int nanos) throws InterruptedException {
    Strand me = Execution.me();
    if (me == null) {
      object.wait(millis, nanos);
      return;
    }
    if (millis < 0 || nanos < 0 || nanos >= NANOS_PER_MILLI) {
      throw new IllegalArgumentException("timeout value is out of range");
    }
    Target monitor = owned(me, object);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    boolean forever = millis == 0 && nanos == 0;
    Teller teller = me.execution.teller();
    if (teller != null) {
      teller.waits(me, object, !forever);
    }
    me.held.gave(object);
    me.execution.waitFor(me, monitor, forever ? Strand.NEVER : nanos(millis, nanos));
    me.held.took(object, teller == null ? null : teller.takesAgain(me, object));
    if (me.interrupted) {
      Thread.interrupted();
      throw new InterruptedException();
    }
  }

  private static long nanos(long millis, int nanos) {
    return millis > Strand.NEVER / NANOS_PER_MILLI - 1
        ? Strand.NEVER
        : millis * NANOS_PER_MILLI + nanos;
  }

  /** In place of {@link Object#notify}. */
  public static void notifyOne(Object object) {
    Strand me = Execution.me();
    if (me == null) {
      object.notify();
    } else {
      me.execution.notify(me, owned(me, object), false);
    }
  }

  /** In place of {@link Object#notifyAll}. */
  public static void notifyAll(Object object) {
    Strand me = Execution.me();
    if (me == null) {
      object.notifyAll();
    } else {
      me.execution.notify(me, owned(me, object), true);
    }
  }

  private static Target owned(Strand me, Object object) {
    Target monitor = me.execution.target(object);
    if (monitor.owner != me) {
      throw new IllegalMonitorStateException("current thread is not owner");
    }
    return monitor;
  }
}
