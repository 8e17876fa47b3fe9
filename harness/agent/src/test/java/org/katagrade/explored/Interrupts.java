package org.katagrade.explored;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.explore.Ending.Deadlock;
import org.katagrade.agent.explore.Ending.Livelock;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Interrupts at every point, heeded and swallowed. */
final class Interrupts {

  private Interrupts() {}

  @Sound("an interrupt ends the loop, wherever it comes")
  static void endsTheLoop(Fork fork) throws InterruptedException {
    Thread thread =
        Crew.start(
            fork,
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                try {
                  Thread.sleep(10);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
            });
    thread.interrupt();
    thread.join();
  }

  @Broken(Livelock.class)
  static void swallowedInASleep(Fork fork) throws InterruptedException {
    Thread thread =
        Crew.start(
            fork,
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                try {
                  Thread.sleep(10);
                } catch (InterruptedException e) {
                  continue;
                }
              }
            });
    thread.interrupt();
    thread.join();
  }

  @Sound("an interrupt ends the wait for an element")
  static void endsTheTake(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    Thread thread = fork.thread(() -> takeForEver(queue, true));
    thread.start();
    queue.put(1);
    thread.interrupt();
    thread.join();
  }

  @Broken(LostWakeup.class)
  static void swallowedInATake(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    Thread thread = fork.thread(() -> takeForEver(queue, false));
    thread.start();
    queue.put(1);
    thread.interrupt();
    thread.join();
  }

  private static void takeForEver(BlockingQueue<Integer> queue, boolean heeds) {
    while (true) {
      try {
        queue.take();
      } catch (InterruptedException e) {
        if (heeds) {
          return;
        }
      }
    }
  }

  @Sound("what was interrupted is not taken for done")
  static void interruptedIsNotDone(Fork fork) throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread thread =
        Crew.start(
            fork,
            () -> {
              try {
                Thread.sleep(1_000);
                done.set(true);
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
            });
    thread.interrupt();
    thread.join();
    Crew.expect(done.get() != interrupted.get(), "it is done or was interrupted");
  }

  @Broken(Wrong.class)
  static void interruptedIsTakenForDone(Fork fork) throws InterruptedException {
    AtomicLong slept = new AtomicLong();
    Thread thread =
        Crew.start(
            fork,
            () -> {
              long start = System.nanoTime();
              try {
                Thread.sleep(1_000);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              slept.set(System.nanoTime() - start);
            });
    thread.interrupt();
    thread.join();
    Crew.expect(slept.get() >= 1_000_000_000L, "it slept for a second");
  }

  @Sound("gives the lock back when it is interrupted")
  static void givesTheLockBack(Fork fork) throws InterruptedException {
    Lock lock = new ReentrantLock();
    CountDownLatch never = new CountDownLatch(1);
    Thread thread = fork.thread(() -> waitWith(lock, never, true));
    thread.start();
    thread.interrupt();
    lock.lock();
    lock.unlock();
    thread.join();
  }

  @Broken(Deadlock.class)
  static void keepsTheLock(Fork fork) throws InterruptedException {
    Lock lock = new ReentrantLock();
    CountDownLatch never = new CountDownLatch(1);
    Thread thread = fork.thread(() -> waitWith(lock, never, false));
    thread.start();
    thread.interrupt();
    lock.lock();
    lock.unlock();
    thread.join();
  }

  private static void waitWith(Lock lock, CountDownLatch never, boolean givesBack) {
    lock.lock();
    try {
      never.await();
      lock.unlock();
    } catch (InterruptedException e) {
      if (givesBack) {
        lock.unlock();
      }
    }
  }

  @Sound("acquired or interrupted, never both")
  static void releasesWhatItAcquired(Fork fork) throws InterruptedException {
    releases(fork, true);
  }

  @Broken(Wrong.class)
  static void releasesWhatItDidNotAcquire(Fork fork) throws InterruptedException {
    releases(fork, false);
  }

  private static void releases(Fork fork, boolean acquiredOnly) throws InterruptedException {
    Semaphore semaphore = new Semaphore(0);
    Thread thread =
        Crew.start(
            fork,
            () -> {
              boolean acquired = false;
              try {
                semaphore.acquire();
                acquired = true;
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                if (acquired || !acquiredOnly) {
                  semaphore.release();
                }
              }
            });
    thread.interrupt();
    semaphore.release();
    thread.join();
    Crew.expectEqual(1, semaphore.availablePermits());
  }

  @Sound("asks for the interrupt without taking it")
  static void asksWithoutTaking(Fork fork) throws InterruptedException {
    Thread thread =
        Crew.start(
            fork,
            () -> {
              boolean unused = Thread.currentThread().isInterrupted();
              waitForEver();
            });
    thread.interrupt();
    thread.join();
  }

  @Broken(LostWakeup.class)
  static void takesItByAsking(Fork fork) throws InterruptedException {
    Thread thread =
        Crew.start(
            fork,
            () -> {
              boolean unused = Thread.interrupted();
              waitForEver();
            });
    thread.interrupt();
    thread.join();
  }

  private static void waitForEver() {
    Object monitor = new Object();
    synchronized (monitor) {
      try {
        while (true) {
          monitor.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
