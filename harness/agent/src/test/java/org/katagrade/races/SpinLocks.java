package org.katagrade.races;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Locks made of atomic variables, and counters that need none. */
final class SpinLocks {

  private static final String CAS =
      "VarHandle.compareAndSet: memory semantics of setVolatile if it succeeds, of getVolatile";

  private int value;

  private SpinLocks() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private void incrementTenTimes(Runnable lock, Runnable unlock) {
    for (int i = 0; i < 10; i++) {
      lock.run();
      try {
        value++;
      } finally {
        unlock.run();
      }
    }
  }

  private static void spinUntilSet(AtomicBoolean locked) {
    while (!locked.compareAndSet(false, true)) {
      Thread.yield();
    }
  }

  @RaceFree(CAS)
  static void compareAndSet(Fork fork) throws InterruptedException {
    SpinLocks counter = new SpinLocks();
    AtomicBoolean locked = new AtomicBoolean();
    Runnable count =
        () -> counter.incrementTenTimes(() -> spinUntilSet(locked), () -> locked.set(false));
    TwoThreads.together(fork, count, count);
    expect(20, counter.value);
  }

  @RaceFree("VarHandle.getAndSet: memory semantics of setVolatile and getVolatile")
  static void testAndTestAndSet(Fork fork) throws InterruptedException {
    SpinLocks counter = new SpinLocks();
    AtomicBoolean locked = new AtomicBoolean();
    Runnable lock =
        () -> {
          do {
            while (locked.getOpaque()) {
              Thread.yield();
            }
          } while (locked.getAndSet(true));
        };
    Runnable count = () -> counter.incrementTenTimes(lock, () -> locked.setRelease(false));
    TwoThreads.together(fork, count, count);
    expect(20, counter.value);
  }

  @RaceFree("VarHandle: what weakCompareAndSetAcquire reads, setRelease has released")
  static void acquireAndRelease(Fork fork) throws InterruptedException {
    SpinLocks counter = new SpinLocks();
    AtomicInteger locked = new AtomicInteger();
    Runnable lock =
        () -> {
          while (!locked.weakCompareAndSetAcquire(0, 1)) {
            Thread.yield();
          }
        };
    Runnable count = () -> counter.incrementTenTimes(lock, () -> locked.setRelease(0));
    TwoThreads.together(fork, count, count);
    expect(20, counter.value);
  }

  @RaceFree("AtomicInteger: get as getVolatile, lazySet as setRelease")
  static void tickets(Fork fork) throws InterruptedException {
    SpinLocks counter = new SpinLocks();
    AtomicInteger tickets = new AtomicInteger();
    AtomicInteger serving = new AtomicInteger();
    Runnable lock =
        () -> {
          int mine = tickets.getAndIncrement();
          while (serving.get() != mine) {
            Thread.yield();
          }
        };
    Runnable unlock = () -> serving.lazySet(serving.get() + 1);
    Runnable count = () -> counter.incrementTenTimes(lock, unlock);
    TwoThreads.together(fork, count, count);
    expect(20, counter.value);
  }

  private static final class OwnedLock {
    private final AtomicReference<@Nullable Thread> owner = new AtomicReference<>();
    private int holds;

    void lock() {
      Thread me = Thread.currentThread();
      if (owner.get() != me) {
        while (!owner.compareAndSet(null, me)) {
          Thread.yield();
        }
      }
      holds++;
    }

    void unlock() {
      holds--;
      if (holds == 0) {
        owner.set(null);
      }
    }
  }

  @RaceFree(CAS)
  static void reentrantByItsOwner(Fork fork) throws InterruptedException {
    SpinLocks counter = new SpinLocks();
    OwnedLock lock = new OwnedLock();
    Runnable count =
        () -> {
          lock.lock();
          counter.incrementTenTimes(lock::lock, lock::unlock);
          lock.unlock();
        };
    TwoThreads.together(fork, count, count);
    expect(20, counter.value);
  }

  private void incrementAfterCheckAndSet(AtomicBoolean locked, Unseen here, Unseen there) {
    while (locked.get()) {
      Thread.yield();
    }
    // Here the other one gets through, too.
    here.reached();
    there.await();
    locked.set(true);
    value++; // race: checkThenSet
    locked.set(false);
  }

  @Racy
  static void checkThenSet(Fork fork) throws InterruptedException {
    SpinLocks counter = new SpinLocks();
    AtomicBoolean locked = new AtomicBoolean();
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    TwoThreads.together(
        fork,
        () -> counter.incrementAfterCheckAndSet(locked, one, other),
        () -> counter.incrementAfterCheckAndSet(locked, other, one));
  }

  @Racy
  static void unlockedOpaquely(Fork fork) throws InterruptedException {
    SpinLocks counter = new SpinLocks();
    AtomicBoolean locked = new AtomicBoolean();
    Runnable count =
        () -> {
          spinUntilSet(locked);
          counter.value++; // race: unlockedOpaquely
          locked.setOpaque(false);
        };
    TwoThreads.together(fork, count, count);
  }

  @Racy
  static void releasedBeforeTheEnd(Fork fork) throws InterruptedException {
    SpinLocks counter = new SpinLocks();
    AtomicBoolean locked = new AtomicBoolean();
    TwoThreads.inTurn(
        fork,
        () -> {
          spinUntilSet(locked);
          locked.set(false);
          counter.value++; // race: releasedBeforeTheEnd
        },
        () -> {
          spinUntilSet(locked);
          counter.value += 2; // race: releasedBeforeTheEnd
          locked.set(false);
        });
  }

  @RaceFree("LongAdder, DoubleAdder, LongAccumulator: for updates by many threads")
  static void adders(Fork fork) throws InterruptedException {
    LongAdder count = new LongAdder();
    DoubleAdder sum = new DoubleAdder();
    LongAccumulator highest = new LongAccumulator(Long::max, Long.MIN_VALUE);
    Runnable add =
        () -> {
          for (int i = 1; i <= 10; i++) {
            count.increment();
            sum.add(0.5 * i);
            highest.accumulate(i);
          }
        };
    TwoThreads.together(fork, add, add);
    expect(20, count.intValue());
    expect(55, (int) sum.sum());
    expect(10, highest.intValue());
  }

  @Racy
  static void plainCountBesideTheAdder(Fork fork) throws InterruptedException {
    SpinLocks calls = new SpinLocks();
    LongAdder count = new LongAdder();
    Runnable add =
        () -> {
          count.increment();
          calls.value++; // race: plainCountBesideTheAdder
        };
    TwoThreads.together(fork, add, add);
  }
}
