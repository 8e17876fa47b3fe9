package kata08;

import java.time.Duration;

/**
 * A queue with a fixed number of places between threads that make elements and threads that use
 * them: who finds it full waits for room, who finds it empty waits for an element.
 *
 * <p>Elements leave in the order they came. There are never more of them than the capacity, not
 * even for a moment.
 *
 * <p>Safe for use by many threads: every method behaves as if it happened at one instant between
 * its call and its return. Which of several waiting threads goes first is not promised; that none
 * sleeps while it could go on is. A waiting thread is blocked, it does not use the processor.
 *
 * <p>{@link #put}, {@link #take}, {@link #offer} and {@link #poll} answer an interrupt while they
 * wait, and also when they were interrupted before and would have to wait. A call that need not
 * wait may either succeed or answer the interrupt. A call that throws {@link InterruptedException}
 * has neither added nor removed anything, and no other thread sleeps on because of it.
 *
 * <p>An implementation is called {@code Solution} and has the public constructor {@code
 * Solution(int capacity)}, which throws {@link IllegalArgumentException} for a capacity of 0 or
 * less.
 *
 * @param <E> what is kept; never null
 */
public interface BoundedBuffer<E> {

  /**
   * Adds an element at the end, after waiting for room if need be.
   *
   * @throws NullPointerException if the element is null, at once, whether there is room or not
   * @throws InterruptedException if interrupted while it waits; the element was not added
   */
  void put(E element) throws InterruptedException;

  /**
   * Removes the oldest element, after waiting for one if need be; never returns null.
   *
   * @throws InterruptedException if interrupted while it waits; nothing was removed
   */
  E take() throws InterruptedException;

  /**
   * Adds an element at the end if there is room now.
   *
   * @return whether it was added
   * @throws NullPointerException if the element is null, whether there is room or not
   */
  boolean tryPut(E element);

  /** Removes the oldest element, or returns null if there is none now. */
  E tryTake();

  /**
   * Adds an element at the end, after waiting for room until the time is up, however often the
   * thread is woken meanwhile.
   *
   * @param timeout how long to wait at most, of any length: zero or negative is not to wait at all,
   *     and the longest durations there are stand for as good as for ever
   * @return whether it was added; false only after the whole time
   * @throws NullPointerException if the element or the timeout is null, at once
   * @throws InterruptedException if interrupted while it waits; the element was not added
   */
  boolean offer(E element, Duration timeout) throws InterruptedException;

  /**
   * Removes the oldest element, after waiting for one until the time is up, however often the
   * thread is woken meanwhile.
   *
   * @param timeout how long to wait at most, of any length, as for {@link #offer}
   * @return the element, or null only after the whole time
   * @throws NullPointerException if the timeout is null, at once
   * @throws InterruptedException if interrupted while it waits; nothing was removed
   */
  E poll(Duration timeout) throws InterruptedException;

  /**
   * How many elements there are now: 0 up to the capacity. Elements of waiting putters do not
   * count.
   */
  int size();
}
