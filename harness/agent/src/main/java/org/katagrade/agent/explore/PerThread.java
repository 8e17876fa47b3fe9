package org.katagrade.agent.explore;

import java.util.Arrays;

/** A number for each thread of a run, drawn when the thread is first seen. */
final class PerThread {

  private long[] numbers = new long[16];
  private int known;

  /** Forgets all threads. */
  void clear() {
    known = 0;
  }

  /** Draws numbers for the threads that are new. */
  void see(int threads, Dice dice) {
    if (threads > numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(threads, 2 * numbers.length));
    }
    while (known < threads) {
      numbers[known++] = dice.next();
    }
  }

  long of(int thread) {
    return numbers[thread];
  }

  void set(int thread, long number) {
    numbers[thread] = number;
  }
}
