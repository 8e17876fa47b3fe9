package org.katagrade.explored;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** The work-stealing queues of SCTBench's suite CHESS, told anew, and one program of Inspect. */
final class SctBenchQueues {

  private SctBenchQueues() {}

  /** What owner and thief do at the ends of the queue, each in one of two ways. */
  private abstract static class Work {
    final AtomicIntegerArray tasks = new AtomicIntegerArray(8);
    final AtomicInteger head = new AtomicInteger();
    final AtomicInteger tail = new AtomicInteger();
    final Lock guard = new ReentrantLock();

    void push(int task) {
      tasks.set(tail.get(), task);
      tail.incrementAndGet();
    }

    abstract int pop();

    abstract int steal();
  }

  /** The owner takes the last one without the guard that thieves have. */
  private static final class Guarded extends Work {
    @Override
    int pop() {
      int last = tail.get() - 1;
      if (head.get() > last) {
        return 0;
      }
      tail.set(last);
      return tasks.get(last);
    }

    @Override
    int steal() {
      guard.lock();
      try {
        int first = head.get();
        if (first >= tail.get()) {
          return 0;
        }
        head.set(first + 1);
        return tasks.get(first);
      } finally {
        guard.unlock();
      }
    }
  }

  /** Thieves compare and set; the owner asks before it says what it takes. */
  private static final class Interlocked extends Work {
    @Override
    int pop() {
      int last = tail.get() - 1;
      int first = head.get();
      tail.set(last);
      if (last < first) {
        tail.set(first);
        return 0;
      }
      return last > first || head.compareAndSet(first, first + 1) ? taken(first, last) : 0;
    }

    private int taken(int first, int last) {
      if (last == first) {
        tail.set(first + 1);
      }
      return tasks.get(last);
    }

    @Override
    int steal() {
      int first = head.get();
      if (first >= tail.get()) {
        return 0;
      }
      int task = tasks.get(first);
      return head.compareAndSet(first, first + 1) ? task : 0;
    }
  }

  /** A queue whose tasks carry whether they are taken, which is asked and set in two steps. */
  private static final class Stated extends Work {
    private final AtomicIntegerArray states = new AtomicIntegerArray(8);
    private final boolean interlocked;

    Stated(boolean interlocked) {
      this.interlocked = interlocked;
    }

    private int take(int at) {
      if (at < 0 || states.get(at) != 0) {
        return 0;
      }
      states.set(at, 1);
      return tasks.get(at);
    }

    @Override
    int pop() {
      int last = tail.get() - 1;
      return last < head.get() ? 0 : popped(last);
    }

    private int popped(int last) {
      tail.decrementAndGet();
      return take(last);
    }

    @Override
    int steal() {
      int first = head.get();
      if (first >= tail.get()) {
        return 0;
      }
      if (interlocked) {
        return head.compareAndSet(first, first + 1) ? take(first) : 0;
      }
      head.set(first + 1);
      return take(first);
    }
  }

  private static void work(Fork fork, Work queue) throws InterruptedException {
    AtomicIntegerArray done = new AtomicIntegerArray(4);
    Crew.run(
        fork,
        () -> {
          for (int task = 1; task <= 3; task++) {
            queue.push(task);
          }
          for (int i = 0; i < 3; i++) {
            done.incrementAndGet(queue.pop());
          }
        },
        () -> {
          for (int i = 0; i < 2; i++) {
            done.incrementAndGet(queue.steal());
          }
        });
    for (int task = 1; task <= 3; task++) {
      Crew.expect(done.get(task) <= 1, "nothing is done twice");
    }
  }

  @Broken(Wrong.class)
  static void workStealQueue(Fork fork) throws InterruptedException {
    work(fork, new Guarded());
  }

  @Broken(Wrong.class)
  static void interlockedWorkStealQueue(Fork fork) throws InterruptedException {
    work(fork, new Interlocked());
  }

  @Broken(Wrong.class)
  static void stateWorkStealQueue(Fork fork) throws InterruptedException {
    work(fork, new Stated(false));
  }

  @Broken(Wrong.class)
  static void interlockedWorkStealQueueWithState(Fork fork) throws InterruptedException {
    work(fork, new Stated(true));
  }

  /** A sort by threads that hand each other parts, and sleep while there are none. */
  private static final class Sort {
    private final Deque<int[]> parts = new ArrayDeque<>();
    private final int[] numbers;
    private final boolean tellsOfTheEnd;
    private int open;

    Sort(int[] numbers, boolean tellsOfTheEnd) {
      this.numbers = numbers;
      this.tellsOfTheEnd = tellsOfTheEnd;
      parts.add(new int[] {0, numbers.length});
      open = 1;
    }

    void work() throws InterruptedException {
      while (true) {
        int[] part = next();
        if (part.length == 0) {
          return;
        }
        int from = part[0];
        int to = part[1];
        if (to - from < 2) {
          done(new int[0], new int[0]);
        } else {
          int middle = partition(from, to);
          done(new int[] {from, middle}, new int[] {middle + 1, to});
        }
      }
    }

    private synchronized int[] next() throws InterruptedException {
      while (parts.isEmpty()) {
        if (open == 0) {
          return new int[0];
        }
        wait();
      }
      return parts.remove();
    }

    private synchronized void done(int[] one, int[] other) {
      open--;
      if (one.length > 0) {
        open += 2;
        parts.add(one);
        parts.add(other);
        notifyAll();
      } else if (open == 0 && tellsOfTheEnd) {
        notifyAll();
      }
    }

    private int partition(int from, int to) {
      int pivot = numbers[to - 1];
      int middle = from;
      for (int i = from; i < to - 1; i++) {
        if (numbers[i] < pivot) {
          int swapped = numbers[i];
          numbers[i] = numbers[middle];
          numbers[middle++] = swapped;
        }
      }
      numbers[to - 1] = numbers[middle];
      numbers[middle] = pivot;
      return middle;
    }
  }

  private static void sorts(Fork fork, boolean tellsOfTheEnd) throws InterruptedException {
    int[] numbers = {3, 1, 2, 5, 4};
    Sort sort = new Sort(numbers, tellsOfTheEnd);
    Crew.run(fork, sort::work, sort::work);
    for (int i = 0; i < numbers.length; i++) {
      Crew.expectEqual(i + 1, numbers[i]);
    }
  }

  @Sound("those who wait for parts hear of the end")
  static void qsortRight(Fork fork) throws InterruptedException {
    sorts(fork, true);
  }

  /** Inspect.qsort_mt: the last part is done, and those who wait for more are not told. */
  @Broken(LostWakeup.class)
  static void qsort(Fork fork) throws InterruptedException {
    sorts(fork, false);
  }
}
