package org.katagrade.explored;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.katagrade.agent.explore.Ending.Deadlock;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Locks that the programs build themselves. */
final class OwnLocks {

  private OwnLocks() {}

  /** A lock on AQS that is right, or forgets to say that it is free. */
  private static final class Mutex extends AbstractQueuedSynchronizer {
    private static final long serialVersionUID = 1;
    private final boolean signals;

    Mutex(boolean signals) {
      this.signals = signals;
    }

    @Override
    protected boolean tryAcquire(int unused) {
      if (compareAndSetState(0, 1)) {
        setExclusiveOwnerThread(Thread.currentThread());
        return true;
      }
      return false;
    }

    @Override
    protected boolean tryRelease(int unused) {
      setExclusiveOwnerThread(null);
      setState(0);
      return signals;
    }
  }

  private static void mutex(Fork fork, boolean signals) throws InterruptedException {
    Mutex mutex = new Mutex(signals);
    AtomicInteger count = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> {
          mutex.acquire(1);
          count.set(count.get() + 1);
          mutex.release(1);
        });
    Crew.expectEqual(2, count.get());
  }

  @Sound("AbstractQueuedSynchronizer: says that it is free")
  static void tellsThatItIsFree(Fork fork) throws InterruptedException {
    mutex(fork, true);
  }

  @Broken({LostWakeup.class, Deadlock.class})
  static void doesNotTellThatItIsFree(Fork fork) throws InterruptedException {
    mutex(fork, false);
  }

  /** A lock of a monitor's wait set, which one thread can take only once. */
  private static final class Simple {
    private boolean taken;

    synchronized void lock() throws InterruptedException {
      while (taken) {
        wait();
      }
      taken = true;
    }

    synchronized void unlock() {
      taken = false;
      notify();
    }
  }

  @Sound("taken once, given back once")
  static void takenOnce(Fork fork) throws InterruptedException {
    Simple lock = new Simple();
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
  static void takenTwice(Fork fork) throws InterruptedException {
    Simple lock = new Simple();
    Crew.run(
        fork,
        () -> {
          lock.lock();
          lock.lock();
          lock.unlock();
          lock.unlock();
        });
  }

  @Broken(LostWakeup.class)
  static void oppositeOrder(Fork fork) throws InterruptedException {
    Simple one = new Simple();
    Simple two = new Simple();
    Crew.run(fork, () -> both(one, two), () -> both(two, one));
  }

  private static void both(Simple first, Simple second) throws InterruptedException {
    first.lock();
    second.lock();
    second.unlock();
    first.unlock();
  }

  /** Counts up and down; whoever waits, waits for nought. */
  private static final class WaitGroup {
    private final AtomicInteger count = new AtomicInteger();
    private final Object monitor = new Object();

    void add() {
      count.incrementAndGet();
    }

    void done(boolean underTheMonitor) {
      if (underTheMonitor) {
        synchronized (monitor) {
          count.decrementAndGet();
          monitor.notifyAll();
        }
      } else {
        synchronized (monitor) {
          monitor.notifyAll();
        }
        count.decrementAndGet();
      }
    }

    void await() throws InterruptedException {
      synchronized (monitor) {
        while (count.get() > 0) {
          monitor.wait();
        }
      }
    }
  }

  private static void waitGroup(Fork fork, boolean addsFirst, boolean underTheMonitor)
      throws InterruptedException {
    WaitGroup group = new WaitGroup();
    AtomicInteger works = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      if (addsFirst) {
        group.add();
      }
      Crew.start(
          fork,
          () -> {
            if (!addsFirst) {
              group.add();
            }
            works.incrementAndGet();
            group.done(underTheMonitor);
          });
    }
    group.await();
    Crew.expectEqual(2, works.get());
  }

  @Sound("added before the start, and told of under the monitor")
  static void addedBeforeTheStart(Fork fork) throws InterruptedException {
    waitGroup(fork, true, true);
  }

  @Broken(Wrong.class)
  static void addedAfterTheStart(Fork fork) throws InterruptedException {
    waitGroup(fork, false, true);
  }

  @Broken(LostWakeup.class)
  static void toldBeforeItIsDone(Fork fork) throws InterruptedException {
    waitGroup(fork, true, false);
  }
}
