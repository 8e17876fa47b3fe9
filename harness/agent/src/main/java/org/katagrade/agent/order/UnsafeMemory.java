package org.katagrade.agent.order;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.race.ByClass;
import org.katagrade.agent.race.FieldRef;
import org.katagrade.agent.race.Guarded;
import org.katagrade.agent.race.Pinned;
import org.katagrade.agent.race.Site;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;
import org.katagrade.agent.race.Variables;

/**
 * {@code sun.misc.Unsafe}, on which libraries were built before there were handles: fields and
 * elements by their offsets. "{@code getObjectVolatile} … with volatile load semantics", "{@code
 * putObjectVolatile} … with volatile store semantics", {@code putOrderedObject} is the "version …
 * that does not guarantee immediate visibility of the store to other threads", which {@code
 * lazySet} and {@code setRelease} are, and "{@code compareAndSwapObject} atomically updates … the
 * variable".
 */
public final class UnsafeMemory {

  private record Target(FieldRef field, boolean isStatic) {}

  /** The fields of a class that somebody asked for the offset of. */
  private static final ByClass<Map<Long, Target>> FIELDS =
      new ByClass<>() {
        @Override
        protected Map<Long, Target> compute(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private static final ByClass<Map<Long, Target>> STATICS =
      new ByClass<>() {
        @Override
        protected Map<Long, Target> compute(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private UnsafeMemory() {}

  /** What a method does, told from its name. */
  public static int modeOf(String name) {
    if (name.startsWith("compareAndSwap")) {
      return Atomics.READS
          | Atomics.WRITES
          | Atomics.ACQUIRES
          | Atomics.RELEASES
          | Atomics.CONDITIONAL;
    }
    if (name.startsWith("getAnd")) {
      return Atomics.READS | Atomics.WRITES | Atomics.ACQUIRES | Atomics.RELEASES;
    }
    if (name.startsWith("putOrdered")) {
      return Atomics.WRITES | Atomics.RELEASES | Atomics.REPLACES;
    }
    boolean isVolatile = name.endsWith("Volatile");
    if (name.startsWith("get")) {
      return Atomics.READS | (isVolatile ? Atomics.ACQUIRES : Atomics.PLAIN);
    }
    if (name.startsWith("put")) {
      return Atomics.WRITES | (isVolatile ? Atomics.RELEASES : Atomics.PLAIN);
    }
    return Atomics.NOTHING;
  }

  /** The program asked where a field is. */
  @Guarded
  public static void offset(long offset, Field field) {
    Class<?> type = field.getDeclaringClass();
    boolean isStatic = Modifier.isStatic(field.getModifiers());
    Target target =
        new Target(
            new FieldRef(type.getName(), field.getName(), field.getType().descriptorString()),
            isStatic);
    Map<Long, Target> known = (isStatic ? STATICS : FIELDS).get(type);
    Pinned.run(() -> known.put(offset, target));
  }

  /** Before an access. */
  @Guarded
  public static void before(
      @Nullable Object object, long offset, int mode, int site, ThreadState thread) {
    boolean watched = (mode & Atomics.UNWATCHED) == 0;
    SyncVar order = order(object, offset, mode, watched ? site : Site.NONE, thread);
    if (order != null) {
      Atomics.begin(order, mode, thread);
    }
  }

  /** After an access. */
  @Guarded
  public static void after(
      boolean success, @Nullable Object object, long offset, int mode, ThreadState thread) {
    SyncVar order = order(object, offset, mode & ~Atomics.WRITES, Site.NONE, thread);
    if (order != null) {
      Atomics.end(order, success, mode, thread);
    }
  }

  private static @Nullable SyncVar order(
      @Nullable Object object, long offset, int mode, int site, ThreadState thread) {
    if (object == null) {
      return null; // memory outside the heap
    }
    boolean writes = (mode & Atomics.WRITES) != 0;
    boolean atomic = (mode & Atomics.PLAIN) == 0;
    Class<?> type = object.getClass();
    if (type.isArray()) {
      int index =
          (int)
              ((offset - Unsafe.getUnsafe().arrayBaseOffset(type))
                  / Unsafe.getUnsafe().arrayIndexScale(type));
      if (site != Site.NONE) {
        Variables.elementByHandle(object, index, writes, atomic, site, thread);
      }
      return Order.of(object, index);
    }
    Target target = target(object, offset);
    if (target == null) {
      return null;
    }
    return Variables.fieldByHandle(
        object, target.isStatic, target.field, writes, atomic, site, thread);
  }

  private static @Nullable Target target(Object object, long offset) {
    if (object instanceof Class<?> base) {
      Target target = STATICS.get(base).get(offset);
      if (target != null) {
        return target;
      }
    }
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      Target target = FIELDS.get(type).get(offset);
      if (target != null) {
        return target;
      }
    }
    return null;
  }
}
