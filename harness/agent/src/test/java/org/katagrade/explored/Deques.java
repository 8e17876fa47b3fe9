package org.katagrade.explored;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** A deque whose owner works at one end while others steal from the other. */
final class Deques {

  private Deques() {}

  /** Of a fixed size; a position is bottom for its owner and top for thieves. */
  private static final class Work {
    private final AtomicIntegerArray tasks = new AtomicIntegerArray(4);
    private final AtomicInteger top = new AtomicInteger();
    private volatile int bottom;

    void push(int task) {
      tasks.set(bottom, task);
      bottom = bottom + 1;
    }

    int pop(boolean fights) {
      int last = bottom - 1;
      bottom = last;
      int first = top.get();
      if (last < first) {
        bottom = first;
        return 0;
      }
      int task = tasks.get(last);
      if (last > first) {
        return task;
      }
      boolean won = !fights || top.compareAndSet(first, first + 1);
      bottom = first + 1;
      if (!fights) {
        top.set(first + 1);
      }
      return won ? task : 0;
    }

    int steal() {
      int first = top.get();
      if (first >= bottom) {
        return 0;
      }
      int task = tasks.get(first);
      return top.compareAndSet(first, first + 1) ? task : 0;
    }
  }

  private static void work(Fork fork, boolean fights) throws InterruptedException {
    Work deque = new Work();
    AtomicIntegerArray done = new AtomicIntegerArray(3);
    Crew.run(
        fork,
        () -> {
          deque.push(1);
          deque.push(2);
          done.incrementAndGet(deque.pop(fights));
          done.incrementAndGet(deque.pop(fights));
        },
        () -> done.incrementAndGet(deque.steal()));
    Crew.expect(done.get(1) <= 1 && done.get(2) <= 1, "nothing is done twice");
  }

  @Sound("owner and thief fight for the last one")
  static void fightsForTheLast(Fork fork) throws InterruptedException {
    work(fork, true);
  }

  @Broken(Wrong.class)
  static void takesTheLastUnasked(Fork fork) throws InterruptedException {
    work(fork, false);
  }
}
