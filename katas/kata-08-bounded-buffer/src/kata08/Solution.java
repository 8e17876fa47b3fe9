package kata08;

import java.time.Duration;

/** Your bounded buffer. */
public final class Solution<E> implements BoundedBuffer<E> {

  /** An empty buffer with so many places. */
  public Solution(int capacity) {}

  @Override
  public void put(E element) throws InterruptedException {
    throw new UnsupportedOperationException("not implemented yet: put");
  }

  @Override
  public E take() throws InterruptedException {
    throw new UnsupportedOperationException("not implemented yet: take");
  }

  @Override
  public boolean tryPut(E element) {
    throw new UnsupportedOperationException("not implemented yet: tryPut");
  }

  @Override
  public E tryTake() {
    throw new UnsupportedOperationException("not implemented yet: tryTake");
  }

  @Override
  public boolean offer(E element, Duration timeout) throws InterruptedException {
    throw new UnsupportedOperationException("not implemented yet: offer");
  }

  @Override
  public E poll(Duration timeout) throws InterruptedException {
    throw new UnsupportedOperationException("not implemented yet: poll");
  }

  @Override
  public int size() {
    throw new UnsupportedOperationException("not implemented yet: size");
  }
}
