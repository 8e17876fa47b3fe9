package org.katagrade.agent.order;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.FieldRef;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.Site;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.Variables;
import org.katagrade.agent.race.WeakIdentityMap;

/**
 * Atomic objects, field updaters, {@link VarHandle}s and the state of a synchronizer of one's own,
 * by the modes in which they access memory. "The memory effects for accesses and updates of atomics
 * follow the rules for volatiles, as stated in VarHandle" (package {@code
 * java.util.concurrent.atomic}); of adders and accumulators nothing is promised.
 */
public final class Atomics {

  /** Of no interest. */
  public static final int NOTHING = 0;

  /** The variables of the calling class are of no interest. */
  public static final int UNWATCHED = 1;

  static final int READS = 2;
  static final int WRITES = 4;
  static final int ACQUIRES = 8;
  static final int RELEASES = 16;

  /** What it releases is for those who see this very value. */
  static final int REPLACES = 32;

  /** The boolean result says whether it wrote. */
  static final int CONDITIONAL = 64;

  /** An ordinary access. */
  static final int PLAIN = 128;

  private record Target(@Nullable Class<?> type, FieldRef field) {}

  private static final WeakIdentityMap<Object, Target> HANDLES = new WeakIdentityMap<>();

  private Atomics() {}

  /** What a method does, told from its name. */
  public static int modeOf(String owner, String name) {
    if (owner.endsWith("Adder") || owner.endsWith("Accumulator")) {
      return NOTHING;
    }
    boolean handle = owner.equals("java/lang/invoke/VarHandle");
    String base = name;
    int order = ACQUIRES | RELEASES;
    if (name.endsWith("Acquire")) {
      order = ACQUIRES;
      base = name.substring(0, name.length() - "Acquire".length());
    } else if (name.endsWith("Release")) {
      order = RELEASES;
      base = name.substring(0, name.length() - "Release".length());
    } else if (name.endsWith("Opaque")) {
      order = 0;
      base = name.substring(0, name.length() - "Opaque".length());
    } else if (name.endsWith("Volatile")) {
      base = name.substring(0, name.length() - "Volatile".length());
    } else if (name.endsWith("Plain")) {
      order = name.startsWith("weak") ? 0 : PLAIN;
      base = name.substring(0, name.length() - "Plain".length());
    } else if (handle && (name.equals("get") || name.equals("set"))) {
      order = PLAIN;
    } else if (name.equals("lazySet")) {
      order = RELEASES;
      base = "set";
    }
    return switch (base) {
      case "get",
          "getState",
          "getReference",
          "getStamp",
          "isMarked",
          "intValue",
          "longValue",
          "floatValue",
          "doubleValue" ->
          READS | order & ~RELEASES;
      case "set", "setState" -> WRITES | order & ~ACQUIRES | (order == RELEASES ? REPLACES : 0);
      case "compareAndSet",
          "weakCompareAndSet",
          "compareAndSetState",
          "attemptMark",
          "attemptStamp" ->
          READS | WRITES | order & ~PLAIN | CONDITIONAL;
      default ->
          base.startsWith("getAnd")
                  || base.endsWith("AndGet")
                  || base.startsWith("compareAndExchange")
              ? READS | WRITES | order & ~PLAIN
              : NOTHING;
    };
  }

  /** A handle of a field was made. */
  @Guarded
  public static void handle(
      @Nullable Object handle, Class<?> type, String field, boolean isStatic) {
    if (handle != null) {
      HANDLES.put(
          handle, new Target(isStatic ? type : null, new FieldRef(type.getName(), field, null)));
    }
  }

  /** A handle of a field was made from the field. */
  public static void reflected(@Nullable Object handle, Field field) {
    if (handle != null) {
      boolean isStatic = Modifier.isStatic(field.getModifiers());
      handle(handle, field.getDeclaringClass(), field.getName(), isStatic);
    }
  }

  /** A handle was made that differs from another one in how its calls are checked. */
  public static void alike(@Nullable Object handle, Object other) {
    Target target = HANDLES.get(other);
    if (handle != null && target != null) {
      HANDLES.put(handle, target);
    }
  }

  /** Before a call. */
  @Guarded
  public static void before(
      Object receiver, @Nullable Object first, int index, int mode, int site, ThreadState thread) {
    if (receiver == null) {
      return;
    }
    boolean writes = (mode & WRITES) != 0;
    boolean watched = (mode & UNWATCHED) == 0;
    SyncVar order = order(receiver, first, index, mode, writes, watched ? site : Site.NONE, thread);
    if (order != null) {
      begin(order, mode, thread);
    }
  }

  /** After a call that returned normally. */
  @Guarded
  public static void after(
      boolean success,
      Object receiver,
      @Nullable Object first,
      int index,
      int mode,
      ThreadState thread) {
    SyncVar order = order(receiver, first, index, mode, false, Site.NONE, thread);
    if (order != null) {
      end(order, success, mode, thread);
    }
  }

  /** An access in this mode is about to take place. */
  static void begin(SyncVar order, int mode, ThreadState thread) {
    if ((mode & ACQUIRES) != 0) {
      thread.beginRead(order);
    }
    if ((mode & RELEASES) != 0) {
      thread.beginWrite(order);
    } else if ((mode & WRITES) != 0 && (mode & PLAIN) == 0) {
      thread.pass(order);
    }
  }

  /** It has taken place. */
  static void end(SyncVar order, boolean success, int mode, ThreadState thread) {
    if ((mode & RELEASES) != 0) {
      thread.endWrite(order, success || (mode & CONDITIONAL) == 0, (mode & REPLACES) != 0);
    }
    if ((mode & ACQUIRES) != 0) {
      thread.endRead(order);
    } else if ((mode & READS) != 0 && (mode & PLAIN) == 0) {
      thread.hear(order);
    }
  }

  /** Runs between the read and the write of an update, perhaps more than once. */
  private record Update(SyncVar order) implements Callbacks.Carrier {

    @Override
    public void begin(@Nullable Object first, ThreadState thread) {
      order.acquire(thread);
    }

    @Override
    public void end(@Nullable Object first, @Nullable Object result, ThreadState thread) {
      order.release(thread);
    }
  }

  /**
   * The function of an update. {@code AtomicReference.accumulateAndGet}: "Atomically updates (with
   * memory effects as specified by VarHandle.compareAndSet) the current value with the results of
   * applying the given function to the current and given values".
   */
  public static @Nullable Object carried(
      @Nullable Object function,
      @Nullable Object receiver,
      @Nullable Object first,
      int index,
      int mode,
      ThreadState thread) {
    if (function == null || receiver == null) {
      return function;
    }
    SyncVar order = order(receiver, first, index, mode, false, Site.NONE, thread);
    return order == null ? function : Callbacks.carried(function, new Update(order));
  }

  private static @Nullable SyncVar order(
      Object receiver,
      @Nullable Object first,
      int index,
      int mode,
      boolean writes,
      int site,
      ThreadState thread) {
    boolean plain = (mode & PLAIN) != 0;
    Target target = HANDLES.get(receiver);
    if (target != null) {
      Object object = target.type == null ? first : target.type;
      return object == null
          ? null
          : Variables.fieldByHandle(
              object, target.type != null, target.field, writes, !plain, site, thread);
    }
    if (receiver instanceof VarHandle) {
      if (first == null || !first.getClass().isArray() || index < 0) {
        return null;
      }
      if (site != Site.NONE) {
        Variables.elementByHandle(first, index, writes, !plain, site, thread);
      }
      return Order.of(first, index);
    }
    if (receiver instanceof AtomicIntegerArray
        || receiver instanceof AtomicLongArray
        || receiver instanceof AtomicReferenceArray) {
      return Order.of(receiver, index);
    }
    return Order.of(receiver);
  }
}
