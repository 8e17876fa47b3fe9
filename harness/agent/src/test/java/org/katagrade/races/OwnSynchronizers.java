package org.katagrade.races;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link AbstractQueuedSynchronizer}: locks and latches made of it, most as in its Javadoc. */
final class OwnSynchronizers {

  private static final String STATE =
      "AbstractQueuedSynchronizer.getState, setState: memory semantics of a volatile read, write";

  private int value;
  private int seen;

  private OwnSynchronizers() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static final class Mutex {
    private static final class Sync extends AbstractQueuedSynchronizer {
      private static final long serialVersionUID = 1;

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
        return true;
      }

      @Override
      protected boolean isHeldExclusively() {
        return getExclusiveOwnerThread() == Thread.currentThread();
      }

      Condition newCondition() {
        return new ConditionObject();
      }
    }

    private final Sync sync = new Sync();

    void lock() {
      sync.acquire(1);
    }

    void unlock() {
      sync.release(1);
    }

    Condition newCondition() {
      return sync.newCondition();
    }
  }

  private void incrementUnder(Mutex mutex) {
    mutex.lock();
    try {
      value++; // race: mutexOfItsOwnEach
    } finally {
      mutex.unlock();
    }
  }

  @RaceFree(STATE)
  static void mutex(Fork fork) throws InterruptedException {
    OwnSynchronizers counter = new OwnSynchronizers();
    Mutex mutex = new Mutex();
    Runnable count =
        () -> {
          for (int i = 0; i < 10; i++) {
            counter.incrementUnder(mutex);
          }
        };
    TwoThreads.together(fork, count, count);
    expect(20, counter.value);
  }

  @Racy
  static void mutexOfItsOwnEach(Fork fork) throws InterruptedException {
    OwnSynchronizers counter = new OwnSynchronizers();
    Runnable count = () -> counter.incrementUnder(new Mutex());
    TwoThreads.together(fork, count, count);
  }

  @RaceFree(STATE + "; Condition.await: the lock is acquired again before it returns")
  static void conditionOfTheMutex(Fork fork) throws InterruptedException {
    OwnSynchronizers box = new OwnSynchronizers();
    Mutex mutex = new Mutex();
    Condition filled = mutex.newCondition();
    Runnable take =
        () -> {
          mutex.lock();
          try {
            while (box.value == 0) {
              filled.awaitUninterruptibly();
            }
            box.seen = box.value;
          } finally {
            mutex.unlock();
          }
        };
    Runnable fill =
        () -> {
          mutex.lock();
          try {
            box.value = 5;
            filled.signal();
          } finally {
            mutex.unlock();
          }
        };
    TwoThreads.together(fork, take, fill);
    expect(5, box.seen);
  }

  private static final class Gate extends AbstractQueuedSynchronizer {
    private static final long serialVersionUID = 1;

    @Override
    protected int tryAcquireShared(int unused) {
      return getState() != 0 ? 1 : -1;
    }

    @Override
    protected boolean tryReleaseShared(int unused) {
      setState(1);
      return true;
    }
  }

  @RaceFree(STATE)
  static void booleanLatch(Fork fork) throws InterruptedException {
    OwnSynchronizers shared = new OwnSynchronizers();
    Gate gate = new Gate();
    Runnable write =
        () -> {
          shared.value = 5;
          gate.releaseShared(1);
        };
    Runnable read =
        Checked.task(
            () -> {
              gate.acquireSharedInterruptibly(1);
              shared.seen = shared.value;
            });
    TwoThreads.together(fork, read, write);
    expect(5, shared.seen);
  }

  @Racy
  static void writtenAfterTheGateOpened(Fork fork) throws InterruptedException {
    OwnSynchronizers shared = new OwnSynchronizers();
    Gate gate = new Gate();
    Runnable write =
        () -> {
          gate.releaseShared(1);
          shared.value = 5; // race: writtenAfterTheGateOpened
        };
    Runnable read =
        () -> {
          gate.acquireShared(1);
          shared.seen = shared.value; // race: writtenAfterTheGateOpened
        };
    TwoThreads.together(fork, read, write);
  }

  private static final class GateWithAPlainField extends AbstractQueuedSynchronizer {
    private static final long serialVersionUID = 1;

    private boolean open;

    @Override
    protected int tryAcquireShared(int unused) {
      return open ? 1 : -1; // race: stateKeptInAPlainField
    }

    @Override
    protected boolean tryReleaseShared(int unused) {
      open = true; // race: stateKeptInAPlainField
      return true;
    }
  }

  @Racy
  static void stateKeptInAPlainField(Fork fork) throws InterruptedException {
    GateWithAPlainField gate = new GateWithAPlainField();
    TwoThreads.together(fork, () -> gate.acquireShared(1), () -> gate.releaseShared(1));
  }
}
