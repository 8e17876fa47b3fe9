package org.katagrade.bench;

import java.util.SplittableRandom;

/** Sorts numbers where they are: nothing but elements of an array. */
final class HeapSort {

  private final int[] numbers;

  HeapSort(int size) {
    numbers = new int[size];
  }

  /** Sorts the same numbers as ever; returns the one in the middle. */
  int sort() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextInt();
    }
    for (int root = numbers.length / 2 - 1; root >= 0; root--) {
      sink(root, numbers.length);
    }
    for (int end = numbers.length - 1; end > 0; end--) {
      swap(0, end);
      sink(0, end);
    }
    return numbers[numbers.length / 2];
  }

  private void sink(int from, int end) {
    int root = from;
    while (2 * root + 1 < end) {
      int child = 2 * root + 1;
      if (child + 1 < end && numbers[child] < numbers[child + 1]) {
        child++;
      }
      if (numbers[root] >= numbers[child]) {
        return;
      }
      swap(root, child);
      root = child;
    }
  }

  private void swap(int one, int other) {
    int number = numbers[one];
    numbers[one] = numbers[other];
    numbers[other] = number;
  }
}
