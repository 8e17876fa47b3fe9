package kata08;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** A buffer that hands an element to the taker who has waited longest. */
public final class Solution<E> implements BoundedBuffer<E> {

  private final int capacity;
  private final Deque<E> elements = new ArrayDeque<>();
  private final Deque<Taker<E>> takers = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notFull = lock.newCondition();

  /** An empty buffer with so many places. */
  public Solution(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be 1 or more, but is " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public void put(E element) throws InterruptedException {
    offer(element, Duration.ofSeconds(Long.MAX_VALUE));
  }

  @Override
  public boolean tryPut(E element) {
    Objects.requireNonNull(element, "element");
    lock.lock();
    try {
      if (isFull()) {
        return false;
      }
      add(element);
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean offer(E element, Duration timeout) throws InterruptedException {
    Objects.requireNonNull(element, "element");
    long remaining = TimeUnit.NANOSECONDS.convert(timeout);
    lock.lockInterruptibly();
    try {
      while (isFull()) {
        if (remaining <= 0) {
          return false;
        }
        remaining = waitForRoom(remaining);
      }
      add(element);
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public E take() throws InterruptedException {
    return poll(Duration.ofSeconds(Long.MAX_VALUE));
  }

  @Override
  public E tryTake() {
    lock.lock();
    try {
      return elements.isEmpty() ? null : remove();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public E poll(Duration timeout) throws InterruptedException {
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    long start = System.nanoTime();
    Taker<E> taker = new Taker<>(Thread.currentThread());
    lock.lockInterruptibly();
    try {
      if (!elements.isEmpty()) {
        return remove();
      }
      takers.add(taker);
    } finally {
      lock.unlock();
    }
    while (taker.element == null) {
      long remaining = nanos - (System.nanoTime() - start);
      boolean interrupted = Thread.interrupted();
      if ((remaining <= 0 || interrupted) && leaves(taker)) {
        if (interrupted) {
          throw new InterruptedException();
        }
        return null;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
        break;
      }
      park(nanos, remaining);
    }
    return taker.element;
  }

  @Override
  public int size() {
    lock.lock();
    try {
      return elements.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return elements.size() == capacity;
  }

  private long waitForRoom(long nanos) throws InterruptedException {
    if (nanos == Long.MAX_VALUE) {
      notFull.await();
      return nanos;
    }
    return notFull.awaitNanos(nanos);
  }

  private void park(long nanos, long remaining) {
    if (nanos == Long.MAX_VALUE) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, remaining);
    }
  }

  /** Whether nobody has given this one an element yet, who is out of the line now. */
  private boolean leaves(Taker<E> taker) {
    lock.lock();
    try {
      return takers.remove(taker);
    } finally {
      lock.unlock();
    }
  }

  private void add(E element) {
    Taker<E> first = takers.poll();
    if (first == null) {
      elements.add(element);
    } else {
      first.element = element;
      LockSupport.unpark(first.thread);
      notFull.signal();
    }
  }

  private E remove() {
    E element = elements.remove();
    notFull.signal();
    return element;
  }

  private static final class Taker<E> {

    final Thread thread;
    E element;

    Taker(Thread thread) {
      this.thread = thread;
    }
  }
}
