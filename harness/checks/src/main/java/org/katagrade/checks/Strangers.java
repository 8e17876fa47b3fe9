package org.katagrade.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.standstill.Bystanders;

/**
 * Calls made one after the other by threads that know nothing of each other: each call is over when
 * the next begins, but only what the submission does itself orders the two. So a race between any
 * two of them shows under the race detector in every run, whatever the timing.
 *
 * <p>Elsewhere a check orders what it watches: whoever is started, awaited, let through a gate or
 * looked at has been told what others did. Here every thread is started before the first call, and
 * is told of its turn in a way that promises nothing (an opaque write, {@link LockSupport#unpark}).
 *
 * <p>It cannot see a race of calls that must overlap. A call that waits for a later one waits for
 * ever.
 */
public final class Strangers {

  private final List<Callable<?>> calls = new ArrayList<>();

  private Strangers() {}

  /** The call to begin with. */
  public static Strangers first(Callable<?> call) {
    return new Strangers().then(call);
  }

  /** The call to begin with. */
  public static Strangers first(Crowd.Task call) {
    return new Strangers().then(call);
  }

  /** The call that comes next, by another thread. */
  public Strangers then(Callable<?> call) {
    calls.add(call);
    return this;
  }

  /** The call that comes next, by another thread. */
  public Strangers then(Crowd.Task call) {
    return then(
        () -> {
          call.run();
          return null;
        });
  }

  /** Makes the calls; returns what they returned. Rethrows the first failure. */
  public List<@Nullable Object> inTurn() throws InterruptedException {
    Turns turns = new Turns(calls.size());
    try (Crowd<@Nullable Object> crowd =
        Crowd.numbered(
            calls.size(),
            number -> {
              turns.await(number);
              return calls.get(number).call();
            })) {
      for (int number = 0; number < calls.size(); number++) {
        turns.give(number);
        crowd.finish(number + 1);
        crowd.rethrowFailures();
      }
      return crowd.results();
    }
  }

  /** Says whose turn it is, and orders nothing by it. */
  private static final class Turns {

    private final AtomicInteger turn = new AtomicInteger(-1);
    private final AtomicReferenceArray<@Nullable Thread> threads;
    private final CountDownLatch here;

    Turns(int size) {
      threads = new AtomicReferenceArray<>(size);
      here = new CountDownLatch(size);
    }

    void await(int number) throws InterruptedException {
      Thread me = Thread.currentThread();
      threads.set(number, me);
      here.countDown();
      // Whoever has not had its turn is in nobody's way, and no evidence.
      Bystanders.add(me);
      try {
        while (turn.getOpaque() < number) {
          LockSupport.park(this);
          if (Thread.interrupted()) {
            throw new InterruptedException("before its turn");
          }
        }
      } finally {
        Bystanders.remove(me);
      }
    }

    void give(int number) throws InterruptedException {
      here.await();
      turn.setOpaque(number);
      LockSupport.unpark(threads.get(number));
    }
  }
}
