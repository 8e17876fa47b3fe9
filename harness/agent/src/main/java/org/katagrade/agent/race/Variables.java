package org.katagrade.agent.race;

import java.lang.reflect.Array;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/**
 * Accesses to variables, as woven code and the table of the JDK's methods tell of them: fields,
 * elements of arrays, and JDK objects that count as one variable.
 */
public final class Variables {

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final WeakIdentityMap<Object, Object[]> SHADOWS = new WeakIdentityMap<>();

  /** Order through fields that are not volatile but are accessed as if they were. */
  private static final WeakIdentityMap<Object, Map<Integer, SyncVar>> HANDLED =
      new WeakIdentityMap<>();

  /** Elements of longer arrays share a variable with those so far away; keeps memory bounded. */
  private static final int MOST_ELEMENTS = 1 << 20;

  private static final Function<Object, Object[]> ELEMENTS =
      array ->
          SHADOWS.computeIfAbsent(
              array, any -> Cells.of(Math.min(MOST_ELEMENTS, Array.getLength(any))));
  private static final Function<Object, Object[]> WHOLE =
      object -> SHADOWS.computeIfAbsent(object, any -> Cells.of(1));

  private Variables() {}

  /** A read of an instance field. */
  public static void read(Object object, int field, int site, ThreadState thread) {
    FieldRef.Place known = FieldRef.placeOf(field);
    if (known != null
        && known.plain
        && UNSAFE.getReference(object, known.offset) instanceof Object[] cells
        && Cells.isRead(cells, known.index, thread)) {
      return;
    }
    readSlowly(object, field, site, thread);
  }

  @Guarded
  private static void readSlowly(Object object, int field, int site, ThreadState thread) {
    FieldRef.Place place = FieldRef.of(field).in(object);
    switch (place.kind) {
      case PLAIN -> {
        Object[] cells = cellsOf(object, place);
        check(
            Cells.read(cells, place.index, thread, site, false),
            thread,
            site,
            false,
            object,
            place);
      }
      case VOLATILE -> order(object, place).acquire(thread);
      case FINAL, IGNORED -> {}
    }
  }

  /** A read of an instance field that holds a reference. */
  @Guarded
  public static void readReference(
      Object object, @Nullable Object value, int field, int site, ThreadState thread) {
    FieldRef.Place place = FieldRef.of(field).in(object);
    if (value != null) {
      if (place.kind == FieldRef.Kind.FINAL) {
        Freeze freeze = freezeOf(object, place);
        if (freeze != null
            && freeze.thread() != thread
            && freeze.time() > thread.known().at(freeze.thread().number())) {
          thread.reached().add(value, freeze);
        }
      } else {
        reached(object, value, thread);
      }
    }
    read(object, field, site, thread);
  }

  /** What was reached through an object that was itself reached through a final field. */
  @Guarded
  public static void reached(Object through, @Nullable Object value, ThreadState thread) {
    if (value != null && thread.reachedAny()) {
      Freeze freeze = thread.reached().through(through);
      if (freeze != null) {
        thread.reached().add(value, freeze);
      }
    }
  }

  /** A write to an instance field. */
  public static void write(@Nullable Object object, int field, int site, ThreadState thread) {
    if (object == null) {
      return; // the instruction is about to throw
    }
    FieldRef.Place known = FieldRef.placeOf(field);
    if (known != null
        && known.plain
        && UNSAFE.getReference(object, known.offset) instanceof Object[] cells
        && Cells.isWritten(cells, known.index, thread)) {
      return;
    }
    writeSlowly(object, field, site, thread);
  }

  @Guarded
  private static void writeSlowly(Object object, int field, int site, ThreadState thread) {
    FieldRef.Place place = FieldRef.of(field).in(object);
    switch (place.kind) {
      case PLAIN -> {
        Object[] cells = cellsOf(object, place);
        check(
            Cells.write(cells, place.index, thread, site, false),
            thread,
            site,
            true,
            object,
            place);
      }
      case VOLATILE -> order(object, place).release(thread);
      case FINAL, IGNORED -> {}
    }
  }

  /** A read of a static field; the class is initialised. */
  @Guarded
  public static void readStatic(Class<?> type, int field, int site, ThreadState thread) {
    FieldRef.Place place = FieldRef.of(field).inStatic(type);
    WovenClass declares = place.declares;
    if (declares == null) {
      return;
    }
    thread.acquireInitialisation(declares);
    switch (place.kind) {
      case PLAIN ->
          check(
              Cells.read(declares.statics, place.index, thread, site, false),
              thread,
              site,
              false,
              type,
              place);
      case VOLATILE -> order(declares, place).acquire(thread);
      case FINAL, IGNORED -> {}
    }
  }

  /** A write to a static field. */
  public static void writeStatic(Class<?> type, int field, int site, ThreadState thread) {
    FieldRef.Place place = FieldRef.of(field).inStatic(type);
    WovenClass declares = place.declares;
    if (declares == null) {
      return;
    }
    if (!thread.knowsInitialisation(declares)) {
      // The instruction would wait for another thread's initialisation, and come after it.
      UNSAFE.ensureClassInitialized(type);
      thread.acquireInitialisation(declares);
    }
    switch (place.kind) {
      case PLAIN ->
          check(
              Cells.write(declares.statics, place.index, thread, site, false),
              thread,
              site,
              true,
              type,
              place);
      case VOLATILE -> order(declares, place).release(thread);
      case FINAL, IGNORED -> {}
    }
  }

  /** A read of an element. */
  public static void readElement(Object array, int index, int site, ThreadState thread) {
    if (thread.reachedAny()
        && array instanceof Object[] elements
        && index >= 0
        && index < elements.length) {
      reached(array, elements[index], thread);
    }
    element(array, index, site, thread, false, false);
  }

  /** A write to an element. */
  public static void writeElement(Object array, int index, int site, ThreadState thread) {
    element(array, index, site, thread, true, false);
  }

  @Guarded
  private static void element(
      @Nullable Object array,
      int index,
      int site,
      ThreadState thread,
      boolean write,
      boolean atomic) {
    if (array == null || index < 0) {
      return;
    }
    Object[] cells = thread.shadows().get(array, ELEMENTS);
    int variables = cells.length / 2;
    int variable = index;
    if (index >= variables) {
      if (variables < MOST_ELEMENTS) {
        return; // the instruction is about to throw
      }
      variable = index % variables;
    }
    if (!atomic
        && (write
            ? Cells.isWritten(cells, variable, thread)
            : Cells.isRead(cells, variable, thread))) {
      return;
    }
    Access previous =
        write
            ? Cells.write(cells, variable, thread, site, atomic)
            : Cells.read(cells, variable, thread, site, atomic);
    if (previous != null && !allowed(previous, write, array, thread)) {
      String type = array.getClass().getComponentType().getTypeName();
      int length = Array.getLength(array);
      Races.found(
          type,
          type + "[" + length + "], element " + index,
          previous,
          thread.access(site, write, atomic));
    }
  }

  /** An access to an element by a handle's mode. */
  public static void elementByHandle(
      Object array, int index, boolean write, boolean atomic, int site, ThreadState thread) {
    element(array, index, site, thread, write, atomic);
  }

  /**
   * An access to a field by a handle's mode.
   *
   * @param object the object, or the class for a static field
   * @return what orders accesses to that field; null if the field is not woven
   */
  public static @Nullable SyncVar fieldByHandle(
      Object object,
      boolean isStatic,
      FieldRef field,
      boolean write,
      boolean atomic,
      int site,
      ThreadState thread) {
    FieldRef.Place place = isStatic ? field.inStatic((Class<?>) object) : field.in(object);
    WovenClass declares = place.declares;
    if (declares == null) {
      return null;
    }
    if (place.kind == FieldRef.Kind.VOLATILE) {
      return isStatic ? order(declares, place) : order(object, place);
    }
    if (place.kind == FieldRef.Kind.PLAIN && site != Site.NONE) {
      Object[] cells = isStatic ? declares.statics : cellsOf(object, place);
      Access previous =
          write
              ? Cells.write(cells, place.index, thread, site, atomic)
              : Cells.read(cells, place.index, thread, site, atomic);
      check(previous, thread, site, write, object, place);
    }
    return HANDLED
        .computeIfAbsent(isStatic ? declares : object, any -> new ConcurrentHashMap<>())
        .computeIfAbsent(place.index, any -> new SyncVar());
  }

  /** An access to a JDK object that counts as one variable. */
  @Guarded
  public static void whole(Object object, boolean write, int site, ThreadState thread) {
    Object[] cells = thread.shadows().get(object, WHOLE);
    Access previous =
        write
            ? Cells.write(cells, 0, thread, site, false)
            : Cells.read(cells, 0, thread, site, false);
    if (previous != null && !allowed(previous, write, object, thread)) {
      String type = object.getClass().getName();
      Races.found(type, type, previous, thread.access(site, write, false));
    }
  }

  /** The end of a constructor of this class, which has final fields. */
  @Guarded
  public static void freeze(Object object, Class<?> type, ThreadState thread) {
    WovenClass woven = WovenClass.of(type);
    if (woven == null) {
      return;
    }
    long offset = woven.shadowOffset(type);
    Freeze freeze = thread.freeze();
    Object shadow = UNSAFE.getReferenceAcquire(object, offset);
    if (shadow == null && UNSAFE.compareAndSetReference(object, offset, null, freeze)) {
      return;
    }
    if (UNSAFE.getReferenceAcquire(object, offset) instanceof Object[] cells) {
      cells[cells.length - 1] = freeze;
    } else {
      UNSAFE.compareAndSetReference(object, offset, shadow, freeze);
    }
  }

  /** A copy by {@link Object#clone} has fields of its own, of which nothing is remembered yet. */
  @Guarded
  public static void cloned(@Nullable Object original, @Nullable Object copy) {
    if (original == null || copy == null || original == copy) {
      return;
    }
    for (Class<?> type = copy.getClass(); type != null; type = type.getSuperclass()) {
      WovenClass woven = WovenClass.of(type);
      if (woven != null && type.isInstance(original)) {
        long offset = woven.shadowOffset(type);
        if (UNSAFE.getReferenceAcquire(copy, offset)
            == UNSAFE.getReferenceAcquire(original, offset)) {
          UNSAFE.putReferenceRelease(copy, offset, null);
        }
      }
    }
  }

  /** The initialiser of this class has ended. */
  @Guarded
  public static void initialised(Class<?> type, ThreadState thread) {
    WovenClass woven = WovenClass.of(type);
    if (woven != null) {
      woven.initialised.release(thread);
    }
  }

  /** The thread runs code that the JVM runs only after the class's initialisation. */
  @Guarded
  public static void afterInitialisation(Class<?> type, ThreadState thread) {
    WovenClass woven = WovenClass.of(type);
    if (woven != null) {
      thread.acquireInitialisation(woven);
    }
  }

  private static void check(
      @Nullable Access previous,
      ThreadState thread,
      int site,
      boolean write,
      Object object,
      FieldRef.Place place) {
    if (previous == null || allowed(previous, write, object, thread)) {
      return;
    }
    WovenClass declares = place.declares;
    if (declares != null) {
      String type = declares.name.substring(declares.name.lastIndexOf('.') + 1);
      String name = type + "." + declares.field(place.index).name();
      Races.found(name, name, previous, thread.access(site, write, false));
    }
  }

  /**
   * Whether the two are no race after all: a lock keeps them apart whose order the detector could
   * not tell, or JLS 17.5 holds: whoever reaches an object through a final field sees it as the
   * constructor left it.
   */
  private static boolean allowed(
      Access previous, boolean write, Object object, ThreadState thread) {
    if (HeldLock.exclude(previous.held, thread.held())) {
      return true;
    }
    SyncVar sorting = thread.sorting;
    if (sorting != null) {
      // It may have been placed after the call began.
      sorting.acquire(thread);
      if (previous.before(thread)) {
        return true;
      }
    }
    if (write || !thread.reachedAny()) {
      return false;
    }
    Freeze freeze = thread.reached().through(object);
    return freeze != null && freeze.covers(previous);
  }

  private static Object[] cellsOf(Object object, FieldRef.Place place) {
    if (UNSAFE.getReferenceAcquire(object, place.offset) instanceof Object[] cells) {
      return cells;
    }
    return newCells(object, place);
  }

  private static Object[] newCells(Object object, FieldRef.Place place) {
    WovenClass declares = java.util.Objects.requireNonNull(place.declares);
    while (true) {
      Object shadow = UNSAFE.getReferenceAcquire(object, place.offset);
      if (shadow instanceof Object[] cells) {
        return cells;
      }
      // One more than the fields need, for the freeze.
      Object[] cells = new Object[2 * declares.count() + 1];
      cells[cells.length - 1] = shadow;
      if (UNSAFE.compareAndSetReference(object, place.offset, shadow, cells)) {
        return cells;
      }
    }
  }

  private static @Nullable Freeze freezeOf(Object object, FieldRef.Place place) {
    Object shadow = UNSAFE.getReferenceAcquire(object, place.offset);
    if (shadow instanceof Object[] cells) {
      shadow = cells[cells.length - 1];
    }
    return shadow instanceof Freeze freeze ? freeze : null;
  }

  private static SyncVar order(Object object, FieldRef.Place place) {
    return order(cellsOf(object, place), place.index);
  }

  private static SyncVar order(WovenClass declares, FieldRef.Place place) {
    return order(declares.statics, place.index);
  }

  private static SyncVar order(Object[] cells, int index) {
    long at = Unsafe.ARRAY_OBJECT_BASE_OFFSET + 2L * index * Unsafe.ARRAY_OBJECT_INDEX_SCALE;
    if (UNSAFE.getReferenceAcquire(cells, at) instanceof SyncVar order) {
      return order;
    }
    UNSAFE.compareAndSetReference(cells, at, null, new SyncVar());
    return (SyncVar) UNSAFE.getReferenceAcquire(cells, at);
  }
}
