package org.katagrade.explored;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code LockSupport}: one permit each, and reasons to return that nobody gave. */
final class Parking {

  private Parking() {}

  private final AtomicReference<@Nullable Thread> waiter = new AtomicReference<>();
  private volatile boolean done;

  private void finish() {
    done = true;
    LockSupport.unpark(waiter.get());
  }

  @Sound("says that it waits before it asks")
  static void saysSoFirst(Fork fork) throws InterruptedException {
    Parking event = new Parking();
    Crew.run(
        fork,
        () -> {
          event.waiter.set(Thread.currentThread());
          while (!event.done) {
            LockSupport.park();
          }
        },
        event::finish);
  }

  @Broken(LostWakeup.class)
  static void asksFirst(Fork fork) throws InterruptedException {
    Parking event = new Parking();
    Crew.run(
        fork,
        () -> {
          if (!event.done) {
            event.waiter.set(Thread.currentThread());
            LockSupport.park();
          }
        },
        event::finish);
  }

  @Sound("a permit given before is not lost")
  static void permitBeforehand(Fork fork) throws InterruptedException {
    Thread thread = Crew.start(fork, LockSupport::park);
    LockSupport.unpark(thread);
    thread.join();
  }

  /** Two permits that come before the latch lets it go on are one. */
  @Broken(LostWakeup.class)
  static void latchEatsThePermit(Fork fork) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Thread thread =
        Crew.start(
            fork,
            () -> {
              begun.await();
              LockSupport.park();
            });
    begun.countDown();
    LockSupport.unpark(thread);
    thread.join();
  }

  @Broken(LostWakeup.class)
  static void permitsDoNotAddUp(Fork fork) throws InterruptedException {
    Thread thread =
        Crew.start(
            fork,
            () -> {
              LockSupport.park();
              LockSupport.park();
            });
    LockSupport.unpark(thread);
    LockSupport.unpark(thread);
    thread.join();
  }

  @Sound("asks again after it has returned")
  static void asksAfterItReturned(Fork fork) throws InterruptedException {
    Parking event = new Parking();
    Thread thread =
        Crew.start(
            fork,
            () -> {
              event.waiter.set(Thread.currentThread());
              while (!event.done) {
                LockSupport.park(event);
                boolean unused = Thread.interrupted();
              }
            });
    thread.interrupt();
    event.finish();
    thread.join();
  }

  @Broken(Wrong.class)
  static void believesItWasTold(Fork fork) throws InterruptedException {
    Parking event = new Parking();
    Thread thread =
        Crew.start(
            fork,
            () -> {
              event.waiter.set(Thread.currentThread());
              if (!event.done) {
                LockSupport.park(event);
              }
              Crew.expect(event.done, "it is done");
            });
    thread.interrupt();
    event.finish();
    thread.join();
  }

  @Sound("asks again when the time is up")
  static void asksWhenTheTimeIsUp(Fork fork) throws InterruptedException {
    Parking event = new Parking();
    Crew.run(
        fork,
        () -> {
          while (!event.done) {
            LockSupport.parkNanos(event, 1_000_000);
          }
        },
        event::finish);
  }

  @Broken(Wrong.class)
  static void believesInTime(Fork fork) throws InterruptedException {
    Parking event = new Parking();
    Crew.run(
        fork,
        () -> {
          event.waiter.set(Thread.currentThread());
          if (!event.done) {
            LockSupport.parkNanos(event, 1_000_000);
          }
          Crew.expect(event.done, "it is done");
        },
        event::finish);
  }

  /** First come, first served. */
  private static final class FifoLock {
    private final AtomicBoolean locked = new AtomicBoolean();
    private final Queue<Thread> waiters = new ConcurrentLinkedQueue<>();

    void lock() {
      Thread current = Thread.currentThread();
      waiters.add(current);
      while (waiters.peek() != current || !locked.compareAndSet(false, true)) {
        LockSupport.park(this);
      }
      waiters.remove();
    }

    void lockEnteringLate() {
      Thread current = Thread.currentThread();
      if (locked.compareAndSet(false, true)) {
        return;
      }
      waiters.add(current);
      LockSupport.park(this);
      waiters.remove(current);
      locked.set(true);
    }

    void unlock() {
      locked.set(false);
      LockSupport.unpark(waiters.peek());
    }
  }

  @Sound("is in the queue before it asks for the lock")
  static void fifoLock(Fork fork) throws InterruptedException {
    FifoLock lock = new FifoLock();
    AtomicInteger count = new AtomicInteger();
    Crew.run(
        fork,
        3,
        () -> {
          lock.lock();
          count.set(count.get() + 1);
          lock.unlock();
        });
    Crew.expectEqual(3, count.get());
  }

  @Broken(LostWakeup.class)
  static void fifoLockEnteredLate(Fork fork) throws InterruptedException {
    FifoLock lock = new FifoLock();
    Crew.run(
        fork,
        2,
        () -> {
          lock.lockEnteringLate();
          lock.unlock();
        });
  }
}
