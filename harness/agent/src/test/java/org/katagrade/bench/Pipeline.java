package org.katagrade.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that hand numbers on through bounded buffers, as the checks of a kata make them. */
final class Pipeline {

  /** A bounded buffer with a monitor. */
  private static final class Buffer {

    private static final int CAPACITY = 16;

    private final Deque<Integer> items = new ArrayDeque<>();

    synchronized void put(int item) throws InterruptedException {
      while (items.size() == CAPACITY) {
        wait();
      }
      items.add(item);
      notifyAll();
    }

    synchronized int take() throws InterruptedException {
      while (items.isEmpty()) {
        wait();
      }
      notifyAll();
      return items.remove();
    }
  }

  /** Hands so many numbers through two buffers; returns their sum. */
  long run(int numbers) throws InterruptedException, ExecutionException {
    Buffer first = new Buffer();
    Buffer second = new Buffer();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> source =
          threads.submit(
              () -> {
                for (int i = 0; i < numbers; i++) {
                  first.put(i);
                }
                return null;
              });
      Future<?> middle =
          threads.submit(
              () -> {
                for (int i = 0; i < numbers; i++) {
                  second.put(first.take() + 1);
                }
                return null;
              });
      long sum = 0;
      for (int i = 0; i < numbers; i++) {
        sum += second.take();
      }
      source.get();
      middle.get();
      return sum;
    }
  }
}
