package org.katagrade.races;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Numbers and flags of {@code java.util.concurrent.atomic}. */
final class AtomicVariables {

  private static final String VOLATILE =
      "java.util.concurrent.atomic: get and set have the memory effects of VarHandle's getVolatile"
          + " and setVolatile";

  private AtomicVariables() {}

  private static final class Box {
    int value;
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree("AtomicBoolean.lazySet: as VarHandle.setRelease, which a volatile read acquires")
  static void publishedByLazySet(Fork fork) throws InterruptedException {
    Box box = new Box();
    AtomicBoolean ready = new AtomicBoolean();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          box.value = 7;
          ready.lazySet(true);
        },
        () -> {
          while (!ready.get()) {
            Thread.yield();
          }
          seen[0] = box.value;
        });
    expect(7, seen[0]);
  }

  @Racy
  static void publishedOpaquely(Fork fork) throws InterruptedException {
    Box box = new Box();
    AtomicBoolean ready = new AtomicBoolean();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          box.value = 7; // race: publishedOpaquely
          ready.setOpaque(true);
        },
        () -> {
          while (!ready.get()) {
            Thread.yield();
          }
          seen[0] = box.value; // race: publishedOpaquely
        });
  }

  @Racy
  static void releasedButReadOpaquely(Fork fork) throws InterruptedException {
    Box box = new Box();
    AtomicInteger ready = new AtomicInteger();
    int[] seen = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          box.value = 7; // race: releasedButReadOpaquely
          ready.incrementAndGet();
        },
        () -> {
          while (ready.getOpaque() == 0) {
            Thread.yield();
          }
          seen[0] = box.value; // race: releasedButReadOpaquely
        });
  }

  @Racy
  static void publishedBySetPlain(Fork fork) throws InterruptedException {
    Box box = new Box();
    AtomicInteger ready = new AtomicInteger();
    int[] seen = new int[1];
    TwoThreads.inTurn(
        fork,
        () -> {
          box.value = 7; // race: publishedBySetPlain
          ready.setPlain(1);
        },
        () -> {
          int unused = ready.getAcquire();
          seen[0] = box.value; // race: publishedBySetPlain
        });
  }

  @RaceFree(VOLATILE)
  static void lastOneToDecrement(Fork fork) throws InterruptedException {
    Box one = new Box();
    Box other = new Box();
    AtomicInteger left = new AtomicInteger(2);
    int[] sum = new int[1];
    TwoThreads.together(
        fork, () -> finish(one, 3, left, other, sum), () -> finish(other, 4, left, one, sum));
    expect(7, sum[0]);
  }

  private static void finish(Box mine, int result, AtomicInteger left, Box theirs, int[] sum) {
    mine.value = result;
    if (left.decrementAndGet() == 0) {
      sum[0] = mine.value + theirs.value;
    }
  }

  @RaceFree(VOLATILE)
  static void updatesWithoutLockLoseNothing(Fork fork) throws InterruptedException {
    AtomicInteger sum = new AtomicInteger();
    AtomicReference<String> longest = new AtomicReference<>("");
    Runnable add =
        () -> {
          for (int i = 0; i < 10; i++) {
            String text = "x".repeat(i);
            sum.accumulateAndGet(i, Integer::sum);
            longest.updateAndGet(last -> last.length() < text.length() ? text : last);
          }
        };
    TwoThreads.together(fork, add, add);
    expect(90, sum.get());
    expect(9, longest.get().length());
  }

  @RaceFree("java.util.concurrent.atomic: a lost update is a mistake, but no data race")
  static void lostUpdates(Fork fork) throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    Runnable add = () -> count.set(count.get() + 1);
    TwoThreads.together(fork, add, add);
    if (count.get() < 1 || count.get() > 2) {
      throw new AssertionError(count);
    }
  }

  @Racy
  static void readAfterAnotherSlot(Fork fork) throws InterruptedException {
    Box box = new Box();
    AtomicIntegerArray ready = new AtomicIntegerArray(2);
    ready.set(0, 1);
    int[] seen = new int[1];
    TwoThreads.inTurn(
        fork,
        () -> {
          box.value = 7; // race: readAfterAnotherSlot
          ready.set(1, 1);
        },
        () -> {
          if (ready.get(0) == 1) {
            seen[0] = box.value; // race: readAfterAnotherSlot
          }
        });
  }
}
