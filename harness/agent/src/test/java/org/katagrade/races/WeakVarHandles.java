package org.katagrade.races;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link VarHandle} that does not order: plain and opaque. */
final class WeakVarHandles {

  private static final VarHandle READY;
  private static final VarHandle COUNT;
  private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      READY = lookup.findVarHandle(WeakVarHandles.class, "ready", boolean.class);
      COUNT = lookup.findVarHandle(WeakVarHandles.class, "count", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private boolean ready;
  private int count;
  private int value;
  private int seen;

  private WeakVarHandles() {}

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

  @Racy
  static void setOpaqueReleasesNothing(Fork fork) throws InterruptedException {
    WeakVarHandles shared = new WeakVarHandles();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7; // race: setOpaqueReleasesNothing
          READY.setOpaque(shared, true);
        },
        () -> {
          shared.awaitAcquire();
          shared.seen = shared.value; // race: setOpaqueReleasesNothing
        });
  }

  @Racy
  static void getOpaqueAcquiresNothing(Fork fork) throws InterruptedException {
    WeakVarHandles shared = new WeakVarHandles();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7; // race: getOpaqueAcquiresNothing
          READY.setVolatile(shared, true);
        },
        () -> {
          while (!(boolean) READY.getOpaque(shared)) {
            Thread.yield();
          }
          shared.seen = shared.value; // race: getOpaqueAcquiresNothing
        });
  }

  @RaceFree("VarHandle: opaque accesses of one variable are coherent, and nothing else is shared")
  static void progressToldOpaquely(Fork fork) throws InterruptedException {
    WeakVarHandles shared = new WeakVarHandles();
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 1; i <= 10; i++) {
            COUNT.setOpaque(shared, i);
          }
        },
        () -> {
          int last = 0;
          while (last < 10) {
            Thread.yield();
            int now = (int) COUNT.getOpaque(shared);
            if (now < last) {
              throw new IllegalStateException(now + " after " + last);
            }
            last = now;
          }
          shared.seen = last;
        });
    expect(10, shared.seen);
  }

  @Racy
  static void plainAccessesThroughTheHandle(Fork fork) throws InterruptedException {
    WeakVarHandles shared = new WeakVarHandles();
    TwoThreads.inTurn(
        fork,
        () -> COUNT.set(shared, 1), // race: plainAccessesThroughTheHandle
        () -> shared.seen = (int) COUNT.get(shared)); // race: plainAccessesThroughTheHandle
  }

  @Racy
  static void plainReadOfWhatIsSetVolatile(Fork fork) throws InterruptedException {
    WeakVarHandles shared = new WeakVarHandles();
    TwoThreads.inTurn(
        fork,
        () -> COUNT.setVolatile(shared, 1), // race: plainReadOfWhatIsSetVolatile
        () -> shared.seen = shared.count); // race: plainReadOfWhatIsSetVolatile
  }

  @RaceFree("JLS 17.4.4: plain accesses before start and after join are ordered")
  static void plainBeforeStartAndAfterJoin(Fork fork) throws InterruptedException {
    WeakVarHandles shared = new WeakVarHandles();
    shared.count = 5;
    Runnable add =
        () -> {
          int unused = (int) COUNT.getAndAdd(shared, 10);
        };
    TwoThreads.together(fork, add, add);
    expect(25, shared.count);
    COUNT.set(shared, 26);
    expect(26, (int) COUNT.get(shared));
  }

  @Racy
  static void plainElementBesideGetAndAdd(Fork fork) throws InterruptedException {
    int[] counts = new int[2];
    TwoThreads.inTurn(
        fork,
        () -> {
          int unused = (int) INTS.getAndAdd(counts, 1, 5); // race: plainElementBesideGetAndAdd
        },
        () -> counts[1]++); // race: plainElementBesideGetAndAdd
  }
}
