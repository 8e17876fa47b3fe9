package org.katagrade.races;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Locks with a queue of those that wait, as books and the Javadoc show them. */
final class OwnLocks {

  private static final String ATOMICS =
      "VarHandle.getAndSet, compareAndSet: memory semantics of setVolatile and getVolatile";

  private int value;

  private OwnLocks() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private interface Mutex {
    void lock();

    void unlock();
  }

  private static void count(OwnLocks counter, Mutex mutex) {
    for (int i = 0; i < 10; i++) {
      mutex.lock();
      counter.value++;
      mutex.unlock();
    }
  }

  /** Craig, Landin, Hagersten: each waits for the one before. */
  private static final class QueueOfPredecessors implements Mutex {
    private static final class Node {
      private volatile boolean locked;
    }

    private final AtomicReference<Node> tail = new AtomicReference<>(new Node());
    private final ThreadLocal<Node> mine = ThreadLocal.withInitial(Node::new);
    private final ThreadLocal<@Nullable Node> before = new ThreadLocal<>();

    @Override
    public void lock() {
      Node node = mine.get();
      node.locked = true;
      Node predecessor = tail.getAndSet(node);
      before.set(predecessor);
      while (predecessor.locked) {
        Thread.yield();
      }
    }

    @Override
    public void unlock() {
      Node predecessor = before.get();
      mine.get().locked = false;
      mine.set(predecessor);
    }
  }

  @RaceFree("JLS 17.4.4: a volatile write before the reads that see it")
  static void queueOfPredecessors(Fork fork) throws InterruptedException {
    OwnLocks counter = new OwnLocks();
    Mutex mutex = new QueueOfPredecessors();
    TwoThreads.together(fork, () -> count(counter, mutex), () -> count(counter, mutex));
    expect(20, counter.value);
  }

  /** Mellor-Crummey, Scott: each tells the next one, whose field it writes. */
  private static final class QueueOfSuccessors implements Mutex {
    private static final class Node {
      private final AtomicBoolean waiting = new AtomicBoolean();
      private final AtomicReference<@Nullable Node> next = new AtomicReference<>();
    }

    private final AtomicReference<@Nullable Node> tail = new AtomicReference<>();
    // Read and written only by the one that holds the lock.
    private @Nullable Node holder;

    @Override
    public void lock() {
      Node node = new Node();
      Node predecessor = tail.getAndSet(node);
      if (predecessor != null) {
        node.waiting.setPlain(true);
        predecessor.next.setRelease(node);
        while (node.waiting.getAcquire()) {
          Thread.yield();
        }
      }
      holder = node;
    }

    @Override
    public void unlock() {
      Node node = holder;
      if (node == null) {
        throw new IllegalMonitorStateException();
      }
      Node next = node.next.getAcquire();
      if (next == null) {
        if (tail.compareAndSet(node, null)) {
          return;
        }
        while (next == null) {
          Thread.yield();
          next = node.next.getAcquire();
        }
      }
      next.waiting.setRelease(false);
    }
  }

  @RaceFree(ATOMICS + "; AtomicBoolean.setRelease before the getAcquire that sees it")
  static void queueOfSuccessors(Fork fork) throws InterruptedException {
    OwnLocks counter = new OwnLocks();
    Mutex mutex = new QueueOfSuccessors();
    TwoThreads.together(fork, () -> count(counter, mutex), () -> count(counter, mutex));
    expect(20, counter.value);
  }

  /** A lock whose fast path forgets to look at the others. */
  private static final class OwnerInAPlainField implements Mutex {
    private final AtomicBoolean locked = new AtomicBoolean();
    private @Nullable Thread owner;
    private int holds;

    @Override
    public void lock() {
      if (owner == Thread.currentThread()) { // race: ownerInAPlainField
        holds++;
        return;
      }
      while (!locked.compareAndSet(false, true)) {
        Thread.yield();
      }
      owner = Thread.currentThread(); // race: ownerInAPlainField
      holds = 1;
    }

    @Override
    public void unlock() {
      if (--holds == 0) {
        locked.set(false);
      }
    }
  }

  @Racy
  static void ownerInAPlainField(Fork fork) throws InterruptedException {
    OwnLocks counter = new OwnLocks();
    Mutex mutex = new OwnerInAPlainField();
    Runnable once =
        () -> {
          mutex.lock();
          counter.value++;
          mutex.unlock();
        };
    TwoThreads.together(fork, once, once);
  }

  private static final class Budget extends AbstractQueuedLongSynchronizer {
    private static final long serialVersionUID = 1;

    Budget(long amount) {
      setState(amount);
    }

    @Override
    protected long tryAcquireShared(long wanted) {
      for (long left = getState(); ; left = getState()) {
        long rest = left - wanted;
        if (rest < 0 || compareAndSetState(left, rest)) {
          return rest;
        }
      }
    }

    @Override
    protected boolean tryReleaseShared(long amount) {
      for (long left = getState(); ; left = getState()) {
        if (compareAndSetState(left, left + amount)) {
          return true;
        }
      }
    }
  }

  @RaceFree("AbstractQueuedLongSynchronizer.compareAndSetState: a volatile read and write")
  static void wholeBudgetForEachUser(Fork fork) throws InterruptedException {
    OwnLocks counter = new OwnLocks();
    Budget budget = new Budget(1L << 40);
    Runnable use =
        () -> {
          for (int i = 0; i < 10; i++) {
            budget.acquireShared(1L << 40);
            counter.value++;
            budget.releaseShared(1L << 40);
          }
        };
    TwoThreads.together(fork, use, use);
    expect(20, counter.value);
  }

  /** As in the Javadoc of {@link LockSupport}. */
  private static final class FirstInFirstOut {
    private final AtomicBoolean locked = new AtomicBoolean();
    private final Queue<Thread> waiters = new ConcurrentLinkedQueue<>();

    void lock() {
      boolean wasInterrupted = false;
      waiters.add(Thread.currentThread());
      while (waiters.peek() != Thread.currentThread() || !locked.compareAndSet(false, true)) {
        LockSupport.park(this);
        if (Thread.interrupted()) {
          wasInterrupted = true;
        }
      }
      waiters.remove();
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }

    void unlock() {
      locked.set(false);
      LockSupport.unpark(waiters.peek());
    }
  }

  @RaceFree("VarHandle.compareAndSet, setVolatile: of the flag, by those who hold the lock")
  static void firstInFirstOut(Fork fork) throws InterruptedException {
    OwnLocks counter = new OwnLocks();
    FirstInFirstOut lock = new FirstInFirstOut();
    Runnable count =
        () -> {
          for (int i = 0; i < 10; i++) {
            lock.lock();
            counter.value++;
            lock.unlock();
          }
        };
    TwoThreads.together(fork, count, count);
    expect(20, counter.value);
  }
}
