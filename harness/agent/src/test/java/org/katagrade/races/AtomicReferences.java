package org.katagrade.races;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicStampedReference;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Objects published through {@code java.util.concurrent.atomic}. */
final class AtomicReferences {

  private static final String VOLATILE =
      "java.util.concurrent.atomic: get and set have the memory effects of VarHandle's getVolatile"
          + " and setVolatile";
  private static final String CAS =
      "VarHandle.compareAndSet: memory semantics of setVolatile if it succeeds, of getVolatile";

  private AtomicReferences() {}

  private static final class Box {
    static final AtomicIntegerFieldUpdater<Box> STATE =
        AtomicIntegerFieldUpdater.newUpdater(Box.class, "state");

    int value;
    volatile int state;
    @Nullable Box next;
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(VOLATILE)
  static void publishedByAReference(Fork fork) throws InterruptedException {
    AtomicReference<@Nullable Box> place = new AtomicReference<>();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          Box box = new Box();
          box.value = 7;
          place.set(box);
        },
        () -> {
          Box box;
          while ((box = place.get()) == null) {
            Thread.yield();
          }
          seen[0] = box.value;
        });
    expect(7, seen[0]);
  }

  @Racy
  static void changedAfterItsPublication(Fork fork) throws InterruptedException {
    AtomicReference<@Nullable Box> place = new AtomicReference<>();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          Box box = new Box();
          place.set(box);
          box.value = 7; // race: changedAfterItsPublication
        },
        () -> {
          Box box;
          while ((box = place.get()) == null) {
            Thread.yield();
          }
          seen[0] = box.value; // race: changedAfterItsPublication
        });
  }

  @RaceFree(CAS)
  static void stackOfNodes(Fork fork) throws InterruptedException {
    AtomicReference<@Nullable Box> top = new AtomicReference<>();
    Runnable push =
        () -> {
          for (int i = 1; i <= 5; i++) {
            Box box = new Box();
            box.value = i;
            do {
              box.next = top.get();
            } while (!top.compareAndSet(box.next, box));
          }
        };
    int[] sum = new int[1];
    Runnable pop =
        () -> {
          for (int i = 0; i < 10; i++) {
            Box box;
            do {
              box = top.get();
            } while (box == null || !top.compareAndSet(box, box.next));
            sum[0] += box.value;
          }
        };
    Thread popper = fork.thread(pop);
    popper.start();
    TwoThreads.together(fork, push, push);
    popper.join();
    expect(30, sum[0]);
  }

  @RaceFree("AtomicReferenceArray: volatile semantics for its elements")
  static void slots(Fork fork) throws InterruptedException {
    AtomicReferenceArray<@Nullable Box> slots = new AtomicReferenceArray<>(2);
    AtomicIntegerArray sums = new AtomicIntegerArray(2);
    TwoThreads.together(fork, () -> swap(slots, sums, 0), () -> swap(slots, sums, 1));
    expect(5, sums.get(0));
    expect(4, sums.get(1));
  }

  private static void swap(
      AtomicReferenceArray<@Nullable Box> slots, AtomicIntegerArray sums, int mine) {
    Box box = new Box();
    box.value = mine + 4;
    slots.set(mine, box);
    Box other;
    while ((other = slots.get(1 - mine)) == null) {
      Thread.yield();
    }
    sums.addAndGet(mine, other.value);
  }

  @RaceFree("AtomicIntegerFieldUpdater: compareAndSet as VarHandle's, on a volatile field")
  static void claimedByTheUpdater(Fork fork) throws InterruptedException {
    Box box = new Box();
    Runnable claim =
        () -> {
          while (!Box.STATE.compareAndSet(box, 0, 1)) {
            Thread.yield();
          }
          box.value++;
          box.state = 0;
        };
    TwoThreads.together(fork, claim, claim);
    expect(2, box.value);
  }

  @RaceFree("AtomicMarkableReference, AtomicStampedReference: of java.util.concurrent.atomic")
  static void markedAndStamped(Fork fork) throws InterruptedException {
    Box box = new Box();
    AtomicMarkableReference<Box> marked = new AtomicMarkableReference<>(box, false);
    AtomicStampedReference<Box> stamped = new AtomicStampedReference<>(box, 0);
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          box.value = 7;
          marked.set(box, true);
          while (stamped.getStamp() == 0) {
            Thread.yield();
          }
          seen[0] = box.value;
        },
        () -> {
          boolean[] mark = new boolean[1];
          while (!mark[0]) {
            Thread.yield();
            marked.get(mark);
          }
          box.value++;
          if (!stamped.compareAndSet(box, box, 0, 1)) {
            throw new IllegalStateException("the stamp changed");
          }
        });
    expect(8, seen[0]);
  }
}
