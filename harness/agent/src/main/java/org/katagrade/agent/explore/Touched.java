package org.katagrade.agent.explore;

import java.util.Arrays;

/**
 * What threads had to do with in the runs so far, and whether more than one had. It is counted in
 * the order in which it is first seen, so that what is chosen by it does not depend on the numbers:
 * those of fields follow from the order in which classes were loaded.
 */
final class Touched {

  private static final int SEVERAL = -1;

  /** A program that makes new objects all the time has most of them for one thread only. */
  private static final int MOST = 8_192;

  private int[] numbers = new int[64];

  /** 0 where there is none. */
  private int[] orders = new int[64];

  /** The only thread that had to do with it, or {@link #SEVERAL}. */
  private int[] threads = new int[64];

  private int count;

  /** A thread has to do with it. */
  void touch(int number, int thread) {
    int slot = slot(number);
    if (orders[slot] != 0) {
      threads[slot] = threads[slot] == thread ? thread : SEVERAL;
      return;
    }
    if (count == MOST) {
      Arrays.fill(orders, 0);
      count = 0;
    } else if (2 * count >= numbers.length) {
      grow();
    }
    slot = slot(number);
    numbers[slot] = number;
    threads[slot] = thread;
    orders[slot] = ++count;
  }

  /** Whether several threads had to do with it. */
  boolean isShared(int number) {
    int slot = slot(number);
    return orders[slot] != 0 && threads[slot] == SEVERAL;
  }

  /** How many others were seen before this one, and 1; 0 if it was not seen. */
  int order(int number) {
    return orders[slot(number)];
  }

  private int slot(int number) {
    int mask = numbers.length - 1;
    int slot = (int) Dice.mix(number) & mask;
    while (orders[slot] != 0 && numbers[slot] != number) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    int[] oldNumbers = numbers;
    int[] oldOrders = orders;
    int[] oldThreads = threads;
    numbers = new int[2 * oldNumbers.length];
    orders = new int[2 * oldNumbers.length];
    threads = new int[2 * oldNumbers.length];
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldOrders[i] != 0) {
        int slot = slot(oldNumbers[i]);
        numbers[slot] = oldNumbers[i];
        orders[slot] = oldOrders[i];
        threads[slot] = oldThreads[i];
      }
    }
  }
}
