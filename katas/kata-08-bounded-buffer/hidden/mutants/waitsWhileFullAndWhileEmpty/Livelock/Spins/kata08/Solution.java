package kata08;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A bounded buffer that is its own monitor. */
public final class Solution<E> implements BoundedBuffer<E> {

  private final Object lock = new Object();
  private final Object[] places;
  private int oldest;
  private int count;

  /** An empty buffer with so many places. */
  public Solution(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: " + capacity);
    }
    places = new Object[capacity];
  }

  @Override
  public void put(E element) throws InterruptedException {
    Objects.requireNonNull(element);
    synchronized (lock) {
      while (count == places.length) {
        lock.wait();
      }
      add(element);
    }
  }

  @Override
  public E take() throws InterruptedException {
    while (true) {
      synchronized (lock) {
        if (count > 0) {
          return remove();
        }
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public boolean tryPut(E element) {
    Objects.requireNonNull(element);
    synchronized (lock) {
      if (count == places.length) {
        return false;
      }
      add(element);
      return true;
    }
  }

  @Override
  public E tryTake() {
    synchronized (lock) {
      return count == 0 ? null : remove();
    }
  }

  @Override
  public boolean offer(E element, Duration timeout) throws InterruptedException {
    Objects.requireNonNull(element);
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    long start = System.nanoTime();
    synchronized (lock) {
      while (count == places.length) {
        long remaining = nanos - (System.nanoTime() - start);
        if (remaining <= 0) {
          return false;
        }
        waitFor(remaining);
      }
      add(element);
      return true;
    }
  }

  @Override
  public E poll(Duration timeout) throws InterruptedException {
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    long start = System.nanoTime();
    synchronized (lock) {
      while (count == 0) {
        long remaining = nanos - (System.nanoTime() - start);
        if (remaining <= 0) {
          return null;
        }
        waitFor(remaining);
      }
      return remove();
    }
  }

  @Override
  public int size() {
    synchronized (lock) {
      return count;
    }
  }

  private void waitFor(long nanos) throws InterruptedException {
    lock.wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
  }

  private void add(E element) {
    places[(oldest + count) % places.length] = element;
    count++;
    lock.notifyAll();
  }

  @SuppressWarnings("unchecked")
  private E remove() {
    E element = (E) places[oldest];
    places[oldest] = null;
    oldest = (oldest + 1) % places.length;
    count--;
    lock.notifyAll();
    return element;
  }
}
