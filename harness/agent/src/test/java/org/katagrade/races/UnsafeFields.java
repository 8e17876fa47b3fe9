package org.katagrade.races;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import sun.misc.Unsafe;

/** Fields and elements by their offsets, as libraries access them that are older than handles. */
@SuppressWarnings("removal")
final class UnsafeFields {

  private static final Unsafe UNSAFE = unsafe();
  private static final long BOX = offset("box");
  private static final long LOCKED = offset("locked");
  private static final long LATEST;
  private static final Object LATEST_BASE;
  private static final long ELEMENTS = UNSAFE.arrayBaseOffset(Object[].class);
  private static final long ELEMENT = UNSAFE.arrayIndexScale(Object[].class);

  static {
    try {
      Field latest = UnsafeFields.class.getDeclaredField("latest");
      LATEST = UNSAFE.staticFieldOffset(latest);
      LATEST_BASE = UNSAFE.staticFieldBase(latest);
    } catch (NoSuchFieldException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static @Nullable UnsafeFields latest;

  private @Nullable Object box;
  private int locked;
  private int value;

  private UnsafeFields() {}

  private static Unsafe unsafe() {
    try {
      Field field = Unsafe.class.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      return (Unsafe) field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static long offset(String field) {
    try {
      return UNSAFE.objectFieldOffset(UnsafeFields.class.getDeclaredField(field));
    } catch (NoSuchFieldException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static void check(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static int[] awaited(Object base, long offset) {
    Object found = UNSAFE.getObjectVolatile(base, offset);
    while (found == null) {
      Thread.yield();
      found = UNSAFE.getObjectVolatile(base, offset);
    }
    return (int[]) found;
  }

  @RaceFree("Unsafe.putOrderedObject: as lazySet; getObjectVolatile: volatile load semantics")
  static void publishedInOrder(Fork fork) throws InterruptedException {
    UnsafeFields shared = new UnsafeFields();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> UNSAFE.putOrderedObject(shared, BOX, new int[] {5}),
        () -> seen[0] = awaited(shared, BOX)[0]);
    check(5, seen[0]);
  }

  @Racy
  static void publishedPlainly(Fork fork) throws InterruptedException {
    UnsafeFields shared = new UnsafeFields();
    TwoThreads.inTurn(
        fork,
        () -> UNSAFE.putObject(shared, BOX, "box"), // race: publishedPlainly
        () -> UNSAFE.getObject(shared, BOX)); // race: publishedPlainly
  }

  @Racy
  static void publishedInOrderAndReadPlainly(Fork fork) throws InterruptedException {
    UnsafeFields shared = new UnsafeFields();
    TwoThreads.inTurn(
        fork,
        () -> UNSAFE.putOrderedObject(shared, BOX, "box"), // race: publishedInOrderAndReadPlainly
        () -> check(0, shared.box == null ? 1 : 0)); // race: publishedInOrderAndReadPlainly
  }

  @RaceFree("Unsafe.compareAndSwapInt: updates atomically, with volatile semantics")
  static void spinLock(Fork fork) throws InterruptedException {
    UnsafeFields shared = new UnsafeFields();
    Runnable add =
        () -> {
          for (int i = 0; i < 20; i++) {
            while (!UNSAFE.compareAndSwapInt(shared, LOCKED, 0, 1)) {
              Thread.yield();
            }
            shared.value++;
            UNSAFE.putOrderedInt(shared, LOCKED, 0);
          }
        };
    TwoThreads.together(fork, add, add);
    check(40, shared.value);
  }

  @Racy
  static void lockThatWasNotTaken(Fork fork) throws InterruptedException {
    UnsafeFields shared = new UnsafeFields();
    Runnable add =
        () -> {
          UNSAFE.compareAndSwapInt(shared, LOCKED, 0, 1);
          shared.value++; // race: lockThatWasNotTaken
        };
    TwoThreads.inTurn(fork, add, add);
  }

  @RaceFree("Unsafe: an element is a variable, and its volatile accesses order as a field's do")
  static void elementsByOffset(Fork fork) throws InterruptedException {
    @Nullable Object[] slots = new Object[4];
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> UNSAFE.putObjectVolatile(slots, ELEMENTS + 3 * ELEMENT, new int[] {5}),
        () -> seen[0] = awaited(slots, ELEMENTS + 3 * ELEMENT)[0]);
    check(5, seen[0]);
  }

  @Racy
  static void orderThroughAnotherElement(Fork fork) throws InterruptedException {
    @Nullable Object[] slots = new Object[4];
    UnsafeFields shared = new UnsafeFields();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.value = 5; // race: orderThroughAnotherElement
          UNSAFE.putOrderedObject(slots, ELEMENTS, "ready");
        },
        () -> {
          UNSAFE.getObjectVolatile(slots, ELEMENTS + ELEMENT);
          shared.value++; // race: orderThroughAnotherElement
        });
  }

  @RaceFree("Unsafe.getAndSetObject: atomically exchanges, for a static field as for any other")
  static void staticFieldExchanged(Fork fork) throws InterruptedException {
    latest = null;
    Runnable exchange =
        () -> {
          UnsafeFields mine = new UnsafeFields();
          mine.value = 5;
          UnsafeFields before = (UnsafeFields) UNSAFE.getAndSetObject(LATEST_BASE, LATEST, mine);
          if (before != null) {
            check(5, before.value);
          }
        };
    TwoThreads.together(fork, exchange, exchange);
  }

  @Racy
  static void staticFieldReadPlainly(Fork fork) throws InterruptedException {
    latest = null;
    TwoThreads.inTurn(
        fork,
        () -> UNSAFE.putObjectVolatile(LATEST_BASE, LATEST, null), // race: staticFieldReadPlainly
        () -> check(0, latest == null ? 0 : 1)); // race: staticFieldReadPlainly
  }
}
