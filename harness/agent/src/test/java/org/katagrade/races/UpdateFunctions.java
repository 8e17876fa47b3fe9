package org.katagrade.races;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Functions that an atomic update applies, and handles made from other handles. */
final class UpdateFunctions {

  private static final String UPDATES =
      "AtomicReference.updateAndGet: memory effects as specified by VarHandle.compareAndSet";
  private static final AtomicReferenceFieldUpdater<UpdateFunctions, UpdateFunctions> NEXT =
      AtomicReferenceFieldUpdater.newUpdater(UpdateFunctions.class, UpdateFunctions.class, "next");
  private static final VarHandle EXACT;

  static {
    try {
      EXACT =
          MethodHandles.lookup()
              .findVarHandle(UpdateFunctions.class, "ready", boolean.class)
              .withInvokeExactBehavior();
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private int value;
  private boolean ready;
  private volatile UpdateFunctions next = this;

  private UpdateFunctions(int value) {
    this.value = value;
  }

  private static void check(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static UpdateFunctions more(UpdateFunctions than) {
    return new UpdateFunctions(than.value + 1);
  }

  @RaceFree(UPDATES)
  static void madeByTheFunction(Fork fork) throws InterruptedException {
    AtomicReference<UpdateFunctions> last = new AtomicReference<>(new UpdateFunctions(0));
    AtomicReferenceArray<UpdateFunctions> array = new AtomicReferenceArray<>(2);
    array.set(1, new UpdateFunctions(0));
    UpdateFunctions holder = new UpdateFunctions(0);
    Runnable count =
        () -> {
          for (int i = 0; i < 10; i++) {
            check(1, last.updateAndGet(UpdateFunctions::more).value > 0 ? 1 : 0);
            array.getAndUpdate(1, UpdateFunctions::more);
            NEXT.updateAndGet(holder, UpdateFunctions::more);
          }
        };
    TwoThreads.together(fork, count, count);
    check(20, last.get().value);
    check(20, array.get(1).value);
    check(20, holder.next.value);
  }

  @Racy
  static void countedByTheFunction(Fork fork) throws InterruptedException {
    AtomicReference<String> one = new AtomicReference<>("");
    AtomicReference<String> other = new AtomicReference<>("");
    UpdateFunctions counter = new UpdateFunctions(0);
    TwoThreads.inTurn(fork, () -> counted(one, counter), () -> counted(other, counter));
  }

  private static void counted(AtomicReference<String> text, UpdateFunctions counter) {
    text.updateAndGet(
        old -> {
          counter.value++; // race: countedByTheFunction
          return old + counter;
        });
  }

  @RaceFree("VarHandle.withInvokeExactBehavior: the same variable, by the same access modes")
  static void exactHandle(Fork fork) throws InterruptedException {
    UpdateFunctions shared = new UpdateFunctions(0);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 5;
          EXACT.setRelease(shared, true);
        },
        () -> {
          while (!(boolean) EXACT.getAcquire(shared)) {
            Thread.yield();
          }
          check(5, shared.value);
        });
  }

  @Racy
  static void exactHandleInAPlainMode(Fork fork) throws InterruptedException {
    UpdateFunctions shared = new UpdateFunctions(0);
    TwoThreads.inTurn(
        fork,
        () -> EXACT.setRelease(shared, true), // race: exactHandleInAPlainMode
        () -> check(1, (boolean) EXACT.get(shared) ? 1 : 0)); // race: exactHandleInAPlainMode
  }
}
