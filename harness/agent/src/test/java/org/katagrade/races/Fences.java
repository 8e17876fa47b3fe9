package org.katagrade.races;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Fences of {@link VarHandle} around opaque accesses. */
final class Fences {

  private static final String FENCES =
      "VarHandle.releaseFence, acquireFence: compatible with C's atomic_thread_fence";

  private static final VarHandle FLAG;

  static {
    try {
      FLAG = MethodHandles.lookup().findVarHandle(Fences.class, "flag", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private int flag;
  private int value;
  private int other;
  private int seen;

  private Fences() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private void awaitOpaque(int wanted) {
    while ((int) FLAG.getOpaque(this) != wanted) {
      Thread.yield();
    }
  }

  @RaceFree(FENCES)
  static void releaseAndAcquire(Fork fork) throws InterruptedException {
    Fences shared = new Fences();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          shared.other = 8;
          VarHandle.releaseFence();
          FLAG.setOpaque(shared, 1);
        },
        () -> {
          shared.awaitOpaque(1);
          VarHandle.acquireFence();
          shared.seen = shared.value + shared.other;
        });
    expect(15, shared.seen);
  }

  @RaceFree("VarHandle.fullFence: compatible with atomic_thread_fence(memory_order_seq_cst)")
  static void fullFences(Fork fork) throws InterruptedException {
    Fences shared = new Fences();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          VarHandle.fullFence();
          FLAG.setOpaque(shared, 1);
        },
        () -> {
          shared.awaitOpaque(1);
          VarHandle.fullFence();
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @RaceFree(FENCES)
  static void releaseFenceForAnAcquiringRead(Fork fork) throws InterruptedException {
    Fences shared = new Fences();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          VarHandle.releaseFence();
          FLAG.setOpaque(shared, 1);
        },
        () -> {
          while ((int) FLAG.getAcquire(shared) == 0) {
            Thread.yield();
          }
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @RaceFree(FENCES)
  static void acquireFenceAfterAReleasingWrite(Fork fork) throws InterruptedException {
    Fences shared = new Fences();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          FLAG.setRelease(shared, 1);
        },
        () -> {
          shared.awaitOpaque(1);
          VarHandle.acquireFence();
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @RaceFree(FENCES)
  static void inTurns(Fork fork) throws InterruptedException {
    Fences shared = new Fences();
    TwoThreads.together(fork, () -> shared.play(0), () -> shared.play(1));
    expect(20, shared.value);
  }

  private void play(int me) {
    for (int i = 0; i < 10; i++) {
      awaitOpaque(me);
      VarHandle.acquireFence();
      value++;
      VarHandle.releaseFence();
      FLAG.setOpaque(this, 1 - me);
    }
  }

  @Racy
  static void releaseFenceForgotten(Fork fork) throws InterruptedException {
    Fences shared = new Fences();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7; // race: releaseFenceForgotten
          FLAG.setOpaque(shared, 1);
        },
        () -> {
          shared.awaitOpaque(1);
          VarHandle.acquireFence();
          shared.seen = shared.value; // race: releaseFenceForgotten
        });
  }

  @Racy
  static void acquireFenceForgotten(Fork fork) throws InterruptedException {
    Fences shared = new Fences();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7; // race: acquireFenceForgotten
          VarHandle.releaseFence();
          FLAG.setOpaque(shared, 1);
        },
        () -> {
          shared.awaitOpaque(1);
          shared.seen = shared.value; // race: acquireFenceForgotten
        });
  }

  @Racy
  static void fenceBeforeTheValue(Fork fork) throws InterruptedException {
    Fences shared = new Fences();
    TwoThreads.together(
        fork,
        () -> {
          VarHandle.releaseFence();
          shared.value = 7; // race: fenceBeforeTheValue
          FLAG.setOpaque(shared, 1);
        },
        () -> {
          shared.awaitOpaque(1);
          VarHandle.acquireFence();
          shared.seen = shared.value; // race: fenceBeforeTheValue
        });
  }

  @Racy
  static void fencesWithoutAFlag(Fork fork) throws InterruptedException {
    Fences shared = new Fences();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.value = 7; // race: fencesWithoutAFlag
          VarHandle.fullFence();
        },
        () -> {
          VarHandle.fullFence();
          shared.seen = shared.value; // race: fencesWithoutAFlag
        });
  }
}
