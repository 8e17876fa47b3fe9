package kata08;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A bounded buffer around the one of the JDK. */
public final class Solution<E> implements BoundedBuffer<E> {

  private final ArrayBlockingQueue<E> queue;

  /** An empty buffer with so many places. */
  public Solution(int capacity) {
    queue = new ArrayBlockingQueue<>(capacity);
  }

  @Override
  public void put(E element) throws InterruptedException {
    queue.put(element);
  }

  @Override
  public E take() throws InterruptedException {
    return queue.take();
  }

  @Override
  public boolean tryPut(E element) {
    return queue.offer(element);
  }

  @Override
  public E tryTake() {
    return queue.poll();
  }

  @Override
  public boolean offer(E element, Duration timeout) throws InterruptedException {
    return queue.offer(element, TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
  }

  @Override
  public E poll(Duration timeout) throws InterruptedException {
    return queue.poll(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
  }

  @Override
  public int size() {
    return queue.size();
  }
}
