package kata08;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A monitor with one waiting room for each kind of waiter. */
public final class Solution<E> implements BoundedBuffer<E> {

  private final int capacity;
  private final Queue<E> elements = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notFull = lock.newCondition();
  private final Condition notEmpty = lock.newCondition();

  /** An empty buffer with so many places. */
  public Solution(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be 1 or more, but is " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public void put(E element) throws InterruptedException {
    Objects.requireNonNull(element, "element");
    lock.lockInterruptibly();
    try {
      while (isFull()) {
        notFull.await();
      }
      add(element);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public E take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (elements.isEmpty()) {
        notEmpty.await();
      }
      return remove();
    } finally {
      lock.unlock();
    }
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
  public E tryTake() {
    lock.lock();
    try {
      return elements.isEmpty() ? null : remove();
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
        remaining = notFull.awaitNanos(remaining);
      }
      add(element);
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public E poll(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    long remaining = TimeUnit.NANOSECONDS.convert(timeout);
    try {
      while (elements.isEmpty()) {
        if (remaining <= 0) {
          return null;
        }
        remaining = notEmpty.awaitNanos(remaining);
      }
      return remove();
    } finally {
      lock.unlock();
    }
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

  private void add(E element) {
    elements.add(element);
    notEmpty.signal();
  }

  private E remove() {
    E element = elements.remove();
    notFull.signal();
    return element;
  }
}
