package org.katagrade.races;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link VarHandle} that orders: volatile, acquire and release. */
final class VarHandles {

  private static final String ACQUIRE_RELEASE =
      "VarHandle: setRelease and getAcquire, compatible with memory_order_release and acquire";
  private static final String VOLATILE =
      "VarHandle: setVolatile and getVolatile, as if the variable was declared volatile";
  private static final String CAS =
      "VarHandle.compareAndSet: memory semantics of setVolatile if it succeeds, of getVolatile";

  private static final VarHandle READY;
  private static final VarHandle COUNT;
  private static final VarHandle NEXT;
  private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      READY = lookup.findVarHandle(VarHandles.class, "ready", boolean.class);
      COUNT = lookup.findVarHandle(VarHandles.class, "count", int.class);
      NEXT = lookup.findVarHandle(VarHandles.class, "next", VarHandles.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private boolean ready;
  private int count;
  private @Nullable VarHandles next;
  private int value;
  private int seen;

  private VarHandles() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private void awaitAcquire() {
    while (!(boolean) READY.getAcquire(this)) {
      Thread.yield();
    }
  }

  @RaceFree(ACQUIRE_RELEASE)
  static void releaseAndAcquire(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          READY.setRelease(shared, true);
        },
        () -> {
          shared.awaitAcquire();
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @Racy
  static void valueAfterTheRelease(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    TwoThreads.together(
        fork,
        () -> {
          READY.setRelease(shared, true);
          shared.value = 7; // race: valueAfterTheRelease
        },
        () -> {
          shared.awaitAcquire();
          shared.seen = shared.value; // race: valueAfterTheRelease
        });
  }

  @RaceFree(VOLATILE)
  static void volatileAccesses(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          READY.setVolatile(shared, true);
        },
        () -> {
          while (!(boolean) READY.getVolatile(shared)) {
            Thread.yield();
          }
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @RaceFree(CAS)
  static void lockByCompareAndSet(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    Runnable add =
        () -> {
          for (int i = 0; i < 10; i++) {
            while (!READY.compareAndSet(shared, false, true)) {
              Thread.yield();
            }
            shared.value++;
            READY.setRelease(shared, false);
          }
        };
    TwoThreads.together(fork, add, add);
    expect(20, shared.value);
  }

  @RaceFree(ACQUIRE_RELEASE)
  static void countedByGetAndAddRelease(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          int unused = (int) COUNT.getAndAddRelease(shared, 1);
        },
        () -> {
          while ((int) COUNT.getAcquire(shared) == 0) {
            Thread.yield();
          }
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @Racy
  static void addedWithoutRelease(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7; // race: addedWithoutRelease
          int unused = (int) COUNT.getAndAddAcquire(shared, 1);
        },
        () -> {
          while ((int) COUNT.getAcquire(shared) == 0) {
            Thread.yield();
          }
          shared.seen = shared.value; // race: addedWithoutRelease
        });
  }

  @RaceFree(CAS)
  static void firstOneWins(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    int[] seen = new int[2];
    TwoThreads.together(
        fork, () -> seen[0] = shared.nextOrOwn(3), () -> seen[1] = shared.nextOrOwn(4));
    if (seen[0] != seen[1] || seen[0] < 3) {
      throw new AssertionError(seen[0]);
    }
  }

  private int nextOrOwn(int own) {
    VarHandles mine = new VarHandles();
    mine.value = own;
    VarHandles witness = (VarHandles) NEXT.compareAndExchange(this, null, mine);
    return witness == null ? mine.value : witness.value;
  }

  @RaceFree(ACQUIRE_RELEASE)
  static void elementHandle(Fork fork) throws InterruptedException {
    int[] flags = new int[4];
    int[] values = new int[4];
    int[] sum = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 0; i < flags.length; i++) {
            values[i] = i;
            INTS.setRelease(flags, i, 1);
          }
        },
        () -> {
          for (int i = 0; i < flags.length; i++) {
            while ((int) INTS.getAcquire(flags, i) == 0) {
              Thread.yield();
            }
            sum[0] += values[i];
          }
        });
    expect(6, sum[0]);
  }
}
