package org.katagrade.races;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link ReentrantLock}, also behind {@link Lock} and extended. */
final class ReentrantLocks {

  private static final String UNLOCK =
      "Lock: lock and unlock have the memory effects of a monitor's (JLS 17.4.5)";

  private final ReentrantLock lock;
  private int value;

  private ReentrantLocks() {
    this(new ReentrantLock());
  }

  private ReentrantLocks(ReentrantLock lock) {
    this.lock = lock;
  }

  private void increment() {
    lock.lock();
    try {
      value++; // race: lockOfItsOwnEach, monitorOfTheLock, lockMadePerCall
    } finally {
      lock.unlock();
    }
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(UNLOCK)
  static void countUnderTheLock(Fork fork) throws InterruptedException {
    ReentrantLocks counter = new ReentrantLocks();
    Runnable count =
        () -> {
          for (int i = 0; i < 20; i++) {
            counter.increment();
          }
        };
    TwoThreads.together(fork, count, count);
    expect(40, counter.value);
  }

  @RaceFree(UNLOCK)
  static void countUnderAFairLock(Fork fork) throws InterruptedException {
    ReentrantLocks counter = new ReentrantLocks(new ReentrantLock(true));
    TwoThreads.together(fork, counter::increment, counter::increment);
    expect(2, counter.value);
  }

  @Racy
  static void lockOfItsOwnEach(Fork fork) throws InterruptedException {
    ReentrantLocks counter = new ReentrantLocks();
    Lock other = new ReentrantLock();
    TwoThreads.together(
        fork,
        counter::increment,
        () -> {
          other.lock();
          try {
            counter.value++; // race: lockOfItsOwnEach
          } finally {
            other.unlock();
          }
        });
  }

  @Racy
  static void monitorOfTheLock(Fork fork) throws InterruptedException {
    ReentrantLocks counter = new ReentrantLocks();
    TwoThreads.together(
        fork,
        counter::increment,
        () -> {
          synchronized (counter.lock) {
            counter.value++; // race: monitorOfTheLock
          }
        });
  }

  @Racy
  static void lockMadePerCall(Fork fork) throws InterruptedException {
    ReentrantLocks counter = new ReentrantLocks();
    Runnable count =
        () -> {
          Lock guard = new ReentrantLock();
          guard.lock();
          try {
            counter.value--; // race: lockMadePerCall
          } finally {
            guard.unlock();
          }
        };
    TwoThreads.together(fork, counter::increment, count);
  }

  private static void guarded(Runnable enter, Runnable body, Runnable leave) {
    enter.run();
    try {
      body.run();
    } finally {
      leave.run();
    }
  }

  @RaceFree(UNLOCK)
  static void lockedByMethodReferences(Fork fork) throws InterruptedException {
    ReentrantLocks counter = new ReentrantLocks();
    Lock lock = counter.lock;
    Runnable count = () -> guarded(lock::lock, () -> counter.value++, lock::unlock);
    TwoThreads.together(fork, count, count);
    expect(2, counter.value);
  }

  @RaceFree("Lock: an exception leaves the lock by the unlock in the finally block")
  static void exceptionUnderTheLock(Fork fork) throws InterruptedException {
    ReentrantLocks counter = new ReentrantLocks();
    Runnable failing =
        () -> {
          try {
            guarded(
                counter.lock::lock,
                () -> {
                  counter.value++;
                  throw new IllegalStateException("after the increment");
                },
                counter.lock::unlock);
          } catch (IllegalStateException expected) {
            counter.increment();
          }
        };
    TwoThreads.together(fork, failing, failing);
    expect(4, counter.value);
  }

  @RaceFree("ReentrantLock: is released when the hold count is zero again")
  static void innerUnlockReleasesNothing(Fork fork) throws InterruptedException {
    ReentrantLocks counter = new ReentrantLocks();
    Runnable count =
        () -> {
          counter.lock.lock();
          try {
            counter.increment();
            if (counter.lock.tryLock()) {
              counter.lock.unlock();
            }
            // Held once more: still alone.
            counter.value++;
          } finally {
            counter.lock.unlock();
          }
        };
    TwoThreads.together(fork, count, count);
    expect(4, counter.value);
  }

  private static final class CountingLock extends ReentrantLock {
    private static final long serialVersionUID = 1;
    private int acquisitions;

    @Override
    public void lock() {
      super.lock();
      acquisitions++;
    }
  }

  @RaceFree(UNLOCK)
  static void extendedLock(Fork fork) throws InterruptedException {
    CountingLock lock = new CountingLock();
    ReentrantLocks counter = new ReentrantLocks(lock);
    TwoThreads.together(fork, counter::increment, counter::increment);
    expect(2, counter.value);
    expect(2, lock.acquisitions);
  }

  private record Wrapped(Lock inner) implements Lock {
    @Override
    public void lock() {
      inner.lock();
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
      inner.lockInterruptibly();
    }

    @Override
    public boolean tryLock() {
      return inner.tryLock();
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
      return inner.tryLock(time, unit);
    }

    @Override
    public void unlock() {
      inner.unlock();
    }

    @Override
    public Condition newCondition() {
      return inner.newCondition();
    }
  }

  @RaceFree(UNLOCK)
  static void wrappedLock(Fork fork) throws InterruptedException {
    ReentrantLocks counter = new ReentrantLocks();
    Lock wrapped = new Wrapped(counter.lock);
    Runnable count =
        Checked.task(
            () -> {
              wrapped.lockInterruptibly();
              try {
                counter.value++;
              } finally {
                wrapped.unlock();
              }
            });
    TwoThreads.together(fork, count, counter::increment);
    expect(2, counter.value);
  }
}
