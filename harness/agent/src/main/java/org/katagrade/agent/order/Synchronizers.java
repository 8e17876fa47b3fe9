package org.katagrade.agent.order;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import jdk.internal.misc.Unsafe;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;

/** The synchronizers of {@code java.util.concurrent}; each method cites its class's promise. */
public final class Synchronizers {

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final long BARRIER_LOCK = UNSAFE.objectFieldOffset(CyclicBarrier.class, "lock");
  private static final long GENERATION =
      UNSAFE.objectFieldOffset(CyclicBarrier.class, "generation");

  private Synchronizers() {}

  private static void release(Object object) {
    Order.of(object).release(ThreadState.current());
  }

  private static void acquire(Object object) {
    Order.of(object).acquire(ThreadState.current());
  }

  private static boolean acquireIf(boolean success, Object object) {
    if (success) {
      acquire(object);
    }
    return success;
  }

  // Semaphore: "Actions in a thread prior to calling a "release" method such as release()
  // happen-before actions following a successful "acquire" method such as acquire() in another
  // thread." Nothing is promised between two that acquire.

  public static void acquire(Semaphore semaphore) throws InterruptedException {
    semaphore.acquire();
    acquire((Object) semaphore);
  }

  public static void acquire(Semaphore semaphore, int permits) throws InterruptedException {
    semaphore.acquire(permits);
    acquire((Object) semaphore);
  }

  public static void acquireUninterruptibly(Semaphore semaphore) {
    semaphore.acquireUninterruptibly();
    acquire((Object) semaphore);
  }

  public static void acquireUninterruptibly(Semaphore semaphore, int permits) {
    semaphore.acquireUninterruptibly(permits);
    acquire((Object) semaphore);
  }

  public static boolean tryAcquire(Semaphore semaphore) {
    return acquireIf(semaphore.tryAcquire(), semaphore);
  }

  public static boolean tryAcquire(Semaphore semaphore, int permits) {
    return acquireIf(semaphore.tryAcquire(permits), semaphore);
  }

  public static boolean tryAcquire(Semaphore semaphore, long time, TimeUnit unit)
      throws InterruptedException {
    return acquireIf(semaphore.tryAcquire(time, unit), semaphore);
  }

  public static boolean tryAcquire(Semaphore semaphore, int permits, long time, TimeUnit unit)
      throws InterruptedException {
    return acquireIf(semaphore.tryAcquire(permits, time, unit), semaphore);
  }

  public static int drainPermits(Semaphore semaphore) {
    int drained = semaphore.drainPermits();
    acquireIf(drained > 0, semaphore);
    return drained;
  }

  public static void release(Semaphore semaphore) {
    release((Object) semaphore);
    semaphore.release();
  }

  public static void release(Semaphore semaphore, int permits) {
    release((Object) semaphore);
    semaphore.release(permits);
  }

  // CountDownLatch: "Until the count reaches zero, actions in a thread prior to calling countDown()
  // happen-before actions following a successful return from a corresponding await() in another
  // thread." A count that was read promises nothing, nor does counting down once it is zero.

  public static void countDown(CountDownLatch latch) {
    if (latch.getCount() > 0) {
      release(latch);
    }
    latch.countDown();
  }

  public static void await(CountDownLatch latch) throws InterruptedException {
    latch.await();
    acquire(latch);
  }

  public static boolean await(CountDownLatch latch, long time, TimeUnit unit)
      throws InterruptedException {
    return acquireIf(latch.await(time, unit), latch);
  }

  // CyclicBarrier: "Actions in a thread prior to calling await() happen-before actions that are
  // part of the barrier action, which in turn happen-before actions following a successful return
  // from the corresponding await() in other threads." Those correspond that belong to the same
  // generation of the barrier, and which one that is, its lock decides.

  public static int await(CyclicBarrier barrier)
      throws InterruptedException, BrokenBarrierException {
    ReentrantLock lock = lockOf(barrier);
    lock.lock();
    try {
      SyncVar generation = arrives(barrier);
      return trips(barrier.await(), generation);
    } finally {
      lock.unlock();
    }
  }

  public static int await(CyclicBarrier barrier, long time, TimeUnit unit)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    ReentrantLock lock = lockOf(barrier);
    lock.lock();
    try {
      SyncVar generation = arrives(barrier);
      return trips(barrier.await(time, unit), generation);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The barrier waits at a condition of this lock, and so gives it back however often it is held.
   */
  private static ReentrantLock lockOf(CyclicBarrier barrier) {
    return (ReentrantLock) UNSAFE.getReference(barrier, BARRIER_LOCK);
  }

  /** The last to arrive runs the barrier action, which comes after all arrivals. */
  private static SyncVar arrives(CyclicBarrier barrier) {
    ThreadState thread = ThreadState.current();
    SyncVar generation = Order.of(UNSAFE.getReference(barrier, GENERATION));
    generation.release(thread);
    if (barrier.getNumberWaiting() == barrier.getParties() - 1) {
      generation.acquire(thread);
    }
    return generation;
  }

  /** The others go on when the last, which has run the action, gives the lock back. */
  private static int trips(int index, SyncVar generation) {
    ThreadState thread = ThreadState.current();
    if (index == 0) {
      generation.release(thread);
    }
    generation.acquire(thread);
    return index;
  }

  // Exchanger: "For each pair of threads that successfully exchange objects via an Exchanger,
  // actions prior to the exchange() in each thread happen-before those subsequent to a return from
  // the corresponding exchange() in the other thread."

  public static Object exchange(Exchanger<Object> exchanger, Object item)
      throws InterruptedException {
    release(exchanger);
    Object other = exchanger.exchange(item);
    acquire(exchanger);
    return other;
  }

  public static Object exchange(Exchanger<Object> exchanger, Object item, long time, TimeUnit unit)
      throws InterruptedException, TimeoutException {
    release(exchanger);
    Object other = exchanger.exchange(item, time, unit);
    acquire(exchanger);
    return other;
  }
}
