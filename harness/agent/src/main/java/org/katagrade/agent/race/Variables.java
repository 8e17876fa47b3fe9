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
  private static final WeakIdentityMap<Object, @Nullable Cell[]> SHADOWS = new WeakIdentityMap<>();

  /** Order through fields that are not volatile but are accessed as if they were. */
  private static final WeakIdentityMap<Object, Map<Integer, SyncVar>> HANDLED =
      new WeakIdentityMap<>();

  /** Elements of longer arrays share a variable with those so far away; keeps memory bounded. */
  private static final int MOST_ELEMENTS = 1 << 20;

  private static final Function<Object, @Nullable Cell[]> ELEMENTS =
      array ->
          SHADOWS.computeIfAbsent(
              array, any -> Cells.of(Math.min(MOST_ELEMENTS, Array.getLength(any))));
  private static final Function<Object, @Nullable Cell[]> WHOLE =
      object -> SHADOWS.computeIfAbsent(object, any -> Cells.of(1));

  private Variables() {}

  /** A read of an instance field. */
  public static void read(Object object, int field, int site, ThreadState thread) {
    FieldRef.Place known = FieldRef.placeOf(field);
    if (known != null
        && (known.plain()
            ? UNSAFE.getReference(object, known.offset()) instanceof Cell[] cells
                && Cells.isRead(cells, known.index(), thread)
            : known.quiet())) {
      return;
    }
    readSlowly(object, field, site, thread);
  }

  /**
   * A read of a plain instance field by code of the class that declares it, which knows where it
   * is.
   *
   * @param cells the object's shadow
   * @param variable the field's number in its class
   */
  public static void readOwn(
      Object object,
      @Nullable Cell @Nullable [] cells,
      int variable,
      int field,
      int site,
      ThreadState thread) {
    if (cells == null || !Cells.isRead(cells, variable, thread)) {
      readSlowly(object, field, site, thread);
    }
  }

  /** The same of a field that holds a reference. */
  public static void readOwnReference(
      @Nullable Object value,
      Object object,
      @Nullable Cell @Nullable [] cells,
      int variable,
      int field,
      int site,
      ThreadState thread) {
    if (thread.reachedAny()) {
      reached(object, value, thread);
    }
    if (cells == null || !Cells.isRead(cells, variable, thread)) {
      readSlowly(object, field, site, thread);
    }
  }

  /** A write to a plain instance field by code of the class that declares it. */
  public static void writeOwn(
      Object object,
      @Nullable Cell @Nullable [] cells,
      int variable,
      int field,
      int site,
      ThreadState thread) {
    if (cells == null || !Cells.isWritten(cells, variable, thread)) {
      writeSlowly(object, field, site, thread);
    }
  }

  @Guarded
  private static void readSlowly(Object object, int field, int site, ThreadState thread) {
    FieldRef.Place place = FieldRef.of(field).in(object);
    switch (place.kind()) {
      case PLAIN -> {
        @Nullable Cell[] cells = cellsOf(object, place);
        check(
            Cells.read(cells, place.index(), thread, site, false),
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
    FieldRef.Place known = FieldRef.placeOf(field);
    FieldRef.Place place = known != null ? known : FieldRef.of(field).in(object);
    if (value != null) {
      if (place.kind() == FieldRef.Kind.FINAL) {
        Freeze freeze = freezeOf(object, place);
        if (freeze != null && freeze.thread != thread && !freeze.when.before(thread)) {
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
        && known.plain()
        && UNSAFE.getReference(object, known.offset()) instanceof Cell[] cells
        && Cells.isWritten(cells, known.index(), thread)) {
      return;
    }
    writeSlowly(object, field, site, thread);
  }

  @Guarded
  private static void writeSlowly(Object object, int field, int site, ThreadState thread) {
    FieldRef.Place place = FieldRef.of(field).in(object);
    switch (place.kind()) {
      case PLAIN -> {
        @Nullable Cell[] cells = cellsOf(object, place);
        check(
            Cells.write(cells, place.index(), thread, site, false),
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
    WovenClass declares = place.declares();
    if (declares == null) {
      return;
    }
    thread.acquireInitialisation(declares);
    switch (place.kind()) {
      case PLAIN ->
          check(
              Cells.read(declares.statics, place.index(), thread, site, false),
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
    WovenClass declares = place.declares();
    if (declares == null) {
      return;
    }
    if (!thread.knowsInitialisation(declares.number)) {
      // The instruction would wait for another thread's initialisation, and come after it.
      UNSAFE.ensureClassInitialized(type);
      thread.acquireInitialisation(declares);
    }
    switch (place.kind()) {
      case PLAIN ->
          check(
              Cells.write(declares.statics, place.index(), thread, site, false),
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
    @Nullable Cell @Nullable [] cells = thread.lastShadow(array);
    if (cells == null || !Cells.isRead(cells, index, thread)) {
      element(array, index, site, thread, false, false);
    }
  }

  /** A write to an element. */
  public static void writeElement(Object array, int index, int site, ThreadState thread) {
    @Nullable Cell @Nullable [] cells = thread.lastShadow(array);
    if (cells == null || !Cells.isWritten(cells, index, thread)) {
      element(array, index, site, thread, true, false);
    }
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
    @Nullable Cell[] cells = thread.shadows().get(array, ELEMENTS);
    thread.lastShadow(array, cells);
    int variables = Cells.variables(cells);
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

  /** An access to an element of a list, which is one of the array behind it. */
  public static void elementOf(
      Object list, Object[] elements, int index, boolean write, int site, ThreadState thread) {
    @Nullable Cell @Nullable [] last = thread.lastShadow(elements);
    @Nullable Cell[] cells = last != null ? last : thread.shadows().get(elements, ELEMENTS);
    thread.lastShadow(elements, cells);
    int variables = Cells.variables(cells);
    int variable = index < variables ? index : index % variables;
    if (write ? Cells.isWritten(cells, variable, thread) : Cells.isRead(cells, variable, thread)) {
      return;
    }
    Access previous =
        write
            ? Cells.write(cells, variable, thread, site, false)
            : Cells.read(cells, variable, thread, site, false);
    if (previous != null && !allowed(previous, write, list, thread)) {
      String type = list.getClass().getName();
      Races.found(type, type + ", element " + index, previous, thread.access(site, write, false));
    }
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
    WovenClass declares = place.declares();
    if (declares == null) {
      return null;
    }
    if (place.kind() == FieldRef.Kind.VOLATILE) {
      SyncVar order = isStatic ? order(declares, place) : order(object, place);
      order.keepAll();
      return order;
    }
    if (place.kind() == FieldRef.Kind.PLAIN && site != Site.NONE) {
      @Nullable Cell[] cells = isStatic ? declares.statics : cellsOf(object, place);
      Access previous =
          write
              ? Cells.write(cells, place.index(), thread, site, atomic)
              : Cells.read(cells, place.index(), thread, site, atomic);
      check(previous, thread, site, write, object, place);
    }
    Map<Integer, SyncVar> orders =
        HANDLED.computeIfAbsent(isStatic ? declares : object, any -> new ConcurrentHashMap<>());
    SyncVar known = orders.get(place.index());
    return known == null
        ? Pinned.get(() -> orders.computeIfAbsent(place.index(), any -> new SyncVar()))
        : known;
  }

  /** An access to a JDK object that counts as one variable. */
  @Guarded
  public static void whole(Object object, boolean write, int site, ThreadState thread) {
    @Nullable Cell @Nullable [] last = thread.lastWhole(object);
    if (last != null
        && (write ? Cells.isWritten(last, 0, thread) : Cells.isRead(last, 0, thread))) {
      return;
    }
    @Nullable Cell[] cells = last != null ? last : thread.shadows().get(object, WHOLE);
    thread.lastWhole(object, cells);
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
  public static void freeze(Object object, Class<?> type, int number, ThreadState thread) {
    long offset = WovenClass.numbered(number).shadowOffset(type);
    Freeze freeze = thread.freeze();
    if (UNSAFE.getReferenceAcquire(object, offset) instanceof Cell[] cells) {
      cells[0] = freeze;
    } else if (!UNSAFE.compareAndSetReference(object, offset, null, new Cell[] {freeze})
        && UNSAFE.getReferenceAcquire(object, offset) instanceof Cell[] cells) {
      cells[0] = freeze;
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
  public static void initialised(int woven, ThreadState thread) {
    WovenClass.numbered(woven).initialised.release(thread);
  }

  /** The thread runs code that the JVM runs only after the class's initialisation. */
  @Guarded
  public static void afterInitialisation(int woven, ThreadState thread) {
    if (!thread.knowsInitialisation(woven)) {
      thread.acquireInitialisation(WovenClass.numbered(woven));
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
    WovenClass declares = place.declares();
    if (declares != null) {
      String type = declares.name.substring(declares.name.lastIndexOf('.') + 1);
      String name = type + "." + declares.field(place.index()).name();
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
    if (HeldLock.exclude(previous.held, thread.heldForCertain())
        || thread.locking.acquire(thread) && previous.before(thread)) {
      return true;
    }
    SyncVar placed = thread.comparing;
    if (placed != null && !write && previous.when.isKnownTo(placed.clock())) {
      return true;
    }
    if (write || !thread.reachedAny()) {
      return false;
    }
    Freeze freeze = thread.reached().through(object);
    return freeze != null && freeze.covers(previous);
  }

  private static @Nullable Cell[] cellsOf(Object object, FieldRef.Place place) {
    if (UNSAFE.getReferenceAcquire(object, place.offset()) instanceof Cell[] cells
        && cells.length > 1) {
      return cells;
    }
    return newCells(object, place);
  }

  private static @Nullable Cell[] newCells(Object object, FieldRef.Place place) {
    WovenClass declares = java.util.Objects.requireNonNull(place.declares());
    while (true) {
      @Nullable Cell @Nullable [] shadow =
          (Cell[]) UNSAFE.getReferenceAcquire(object, place.offset());
      if (shadow != null && shadow.length > 1) {
        return shadow;
      }
      @Nullable Cell[] cells = Cells.of(declares.count());
      cells[0] = shadow == null ? null : shadow[0];
      if (UNSAFE.compareAndSetReference(object, place.offset(), shadow, cells)) {
        return cells;
      }
    }
  }

  /** Read plainly: each step depends on the one before, and a fence would cost more than all. */
  private static @Nullable Freeze freezeOf(Object object, FieldRef.Place place) {
    return UNSAFE.getReference(object, place.offset()) instanceof Cell[] cells
            && cells[0] instanceof Freeze freeze
        ? freeze
        : null;
  }

  private static SyncVar order(Object object, FieldRef.Place place) {
    return Cells.order(cellsOf(object, place), place.index());
  }

  private static SyncVar order(WovenClass declares, FieldRef.Place place) {
    return Cells.order(declares.statics, place.index());
  }
}
