package org.katagrade.races;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Objects of the JDK that are called by a supertype, or by an interface of the program. */
final class ThroughSupertypes {

  private int value;

  private ThroughSupertypes() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree("ExecutorService.close: waits until all tasks have completed execution")
  static void closedAsAResource(Fork fork) throws Exception {
    ThroughSupertypes box = new ThroughSupertypes();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (AutoCloseable resource = pool) {
      pool.execute(() -> box.value = 1);
      expect(pool.hashCode(), resource.hashCode());
    }
    expect(1, box.value);
  }

  /** What closes nothing. */
  private static final class Open implements AutoCloseable {
    @Override
    public void close() {}
  }

  @Racy
  static void closedSomethingElse(Fork fork) throws Exception {
    ThroughSupertypes box = new ThroughSupertypes();
    AutoCloseable resource = new Open();
    TwoThreads.inTurn(
        fork,
        () -> {
          box.value = 1; // race: closedSomethingElse
          close(resource);
        },
        () -> {
          close(resource);
          expect(1, box.value); // race: closedSomethingElse
        });
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @RaceFree("AtomicInteger.intValue: with the memory effects of getVolatile")
  static void readAsANumber(Fork fork) throws InterruptedException {
    ThroughSupertypes box = new ThroughSupertypes();
    AtomicInteger flag = new AtomicInteger();
    Number number = flag;
    TwoThreads.together(
        fork,
        () -> {
          box.value = 1;
          flag.set(1);
        },
        () -> {
          while (number.intValue() == 0) {
            Thread.onSpinWait();
          }
          expect(1, box.value);
        });
  }

  /** A number that anybody may have changed. */
  private static final class Plain extends Number {
    private static final long serialVersionUID = 1;

    private int number;

    @Override
    public int intValue() {
      return number; // race: readAsAPlainNumber
    }

    @Override
    public long longValue() {
      return number;
    }

    @Override
    public float floatValue() {
      return number;
    }

    @Override
    public double doubleValue() {
      return number;
    }
  }

  @Racy
  static void readAsAPlainNumber(Fork fork) throws InterruptedException {
    Plain flag = new Plain();
    Number number = flag;
    TwoThreads.inTurn(
        fork,
        () -> flag.number = 1, // race: readAsAPlainNumber
        () -> expect(1, number.intValue()));
  }

  private interface Guard {
    void lock();

    void unlock();
  }

  private static final class GuardLock extends ReentrantLock implements Guard {
    private static final long serialVersionUID = 1;
  }

  private static final class NoGuard implements Guard {
    @Override
    public void lock() {}

    @Override
    public void unlock() {}
  }

  private static Runnable counting(ThroughSupertypes counter, Guard guard) {
    return () -> {
      for (int i = 0; i < 10; i++) {
        guard.lock();
        counter.value++; // race: guardThatGuardsNothing
        guard.unlock();
      }
    };
  }

  @RaceFree("Lock: a lock operation has the effects of a Lock action")
  static void lockByAnInterfaceOfOnesOwn(Fork fork) throws InterruptedException {
    ThroughSupertypes counter = new ThroughSupertypes();
    Runnable count = counting(counter, new GuardLock());
    TwoThreads.together(fork, count, count);
    expect(20, counter.value);
  }

  @RaceFree("Lock: a lock operation has the effects of a Lock action")
  static void lockByReferences(Fork fork) throws InterruptedException {
    ThroughSupertypes counter = new ThroughSupertypes();
    Guard guard = new GuardLock();
    Runnable lock = guard::lock;
    Runnable unlock = guard::unlock;
    Runnable count =
        () -> {
          lock.run();
          counter.value++;
          unlock.run();
        };
    TwoThreads.together(fork, count, count);
    expect(2, counter.value);
  }

  @Racy
  static void guardThatGuardsNothing(Fork fork) throws InterruptedException {
    ThroughSupertypes counter = new ThroughSupertypes();
    Runnable count = counting(counter, new NoGuard());
    TwoThreads.inTurn(fork, count, count);
  }

  private interface Source<T> {
    void put(T element) throws InterruptedException;

    T take() throws InterruptedException;

    int size();
  }

  private static final class SourceQueue<T> extends LinkedBlockingQueue<T> implements Source<T> {
    private static final long serialVersionUID = 1;
  }

  private static void give(Source<ThroughSupertypes> source, ThroughSupertypes box) {
    try {
      source.put(box);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static ThroughSupertypes take(Source<ThroughSupertypes> source) {
    try {
      return source.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @RaceFree("java.util.concurrent: placing an object happens before its removal")
  static void queueByAnInterfaceOfOnesOwn(Fork fork) throws InterruptedException {
    Source<ThroughSupertypes> source = new SourceQueue<>();
    TwoThreads.together(
        fork,
        () -> {
          ThroughSupertypes box = new ThroughSupertypes();
          box.value = 1;
          give(source, box);
        },
        () -> expect(1, take(source).value++));
  }

  @Racy
  static void changedAfterItWasPut(Fork fork) throws InterruptedException {
    Source<ThroughSupertypes> source = new SourceQueue<>();
    ThroughSupertypes box = new ThroughSupertypes();
    TwoThreads.inTurn(
        fork,
        () -> {
          give(source, box);
          box.value = 1; // race: changedAfterItWasPut
        },
        () -> expect(1, take(source).value)); // race: changedAfterItWasPut
  }

  private interface Permits {
    void acquire() throws InterruptedException;

    void release();
  }

  private static final class PermitsOf extends Semaphore implements Permits {
    private static final long serialVersionUID = 1;

    PermitsOf(int permits) {
      super(permits);
    }
  }

  private static Runnable counting(ThroughSupertypes counter, Permits permits) {
    return () -> {
      try {
        permits.acquire();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      counter.value++;
      permits.release();
    };
  }

  @RaceFree("Semaphore: release happens before a successful acquire")
  static void onePermit(Fork fork) throws InterruptedException {
    ThroughSupertypes counter = new ThroughSupertypes();
    Runnable count = counting(counter, new PermitsOf(1));
    TwoThreads.together(fork, count, count);
    expect(2, counter.value);
  }

  /** A future that is asked as what it also is. */
  private static final class Asked extends FutureTask<ThroughSupertypes>
      implements Supplier<ThroughSupertypes> {

    Asked(ThroughSupertypes box) {
      super(
          () -> {
            box.value++;
            return box;
          });
    }

    @Override
    public ThroughSupertypes get() {
      try {
        return super.get();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @RaceFree("Future: the computation happens before what follows get()")
  static void futureAsASupplier(Fork fork) throws InterruptedException {
    Asked task = new Asked(new ThroughSupertypes());
    Supplier<ThroughSupertypes> supplier = task;
    TwoThreads.together(fork, task, () -> expect(1, supplier.get().value++));
  }

  @Racy
  static void readBesideTheFuture(Fork fork) throws InterruptedException {
    ThroughSupertypes box = new ThroughSupertypes();
    FutureTask<Integer> task = new FutureTask<>(() -> box.value++); // race: readBesideTheFuture
    TwoThreads.inTurn(fork, task, () -> expect(1, box.value)); // race: readBesideTheFuture
  }
}
