package org.katagrade.races;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link VarHandle} in its modes, on fields that are not volatile and on arrays. */
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

  @Racy
  static void setOpaqueReleasesNothing(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
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
    VarHandles shared = new VarHandles();
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
    VarHandles shared = new VarHandles();
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
    VarHandles shared = new VarHandles();
    TwoThreads.inTurn(
        fork,
        () -> COUNT.set(shared, 1), // race: plainAccessesThroughTheHandle
        () -> shared.seen = (int) COUNT.get(shared)); // race: plainAccessesThroughTheHandle
  }

  @Racy
  static void plainReadOfWhatIsSetVolatile(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    TwoThreads.inTurn(
        fork,
        () -> COUNT.setVolatile(shared, 1), // race: plainReadOfWhatIsSetVolatile
        () -> shared.seen = shared.count); // race: plainReadOfWhatIsSetVolatile
  }

  @RaceFree("JLS 17.4.4: plain accesses before start and after join are ordered")
  static void plainBeforeStartAndAfterJoin(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
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
