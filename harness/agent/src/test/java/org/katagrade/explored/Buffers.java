package org.katagrade.explored;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Bounded buffers that are written by hand. */
final class Buffers {

  private Buffers() {}

  /** A ring for one who puts and one who takes, without a lock. */
  private static final class Ring {
    private final AtomicIntegerArray cells = new AtomicIntegerArray(2);
    private volatile int head;
    private volatile int tail;

    boolean offer(int element, boolean cellFirst) {
      if (tail - head == cells.length()) {
        return false;
      }
      int at = tail;
      if (cellFirst) {
        cells.set(at % cells.length(), element);
        tail = at + 1;
      } else {
        tail = at + 1;
        cells.set(at % cells.length(), element);
      }
      return true;
    }

    int poll() {
      if (tail == head) {
        return 0;
      }
      int at = head;
      int element = cells.getAndSet(at % cells.length(), 0);
      head = at + 1;
      return element;
    }
  }

  private static void throughARing(Fork fork, boolean cellFirst) throws InterruptedException {
    Ring ring = new Ring();
    Crew.run(
        fork,
        () -> {
          for (int element = 1; element <= 3; element++) {
            while (!ring.offer(element, cellFirst)) {
              Thread.onSpinWait();
            }
          }
        },
        () -> {
          for (int element = 1; element <= 3; element++) {
            while (ring.tail == ring.head) {
              Thread.onSpinWait();
            }
            Crew.expectEqual(element, ring.poll());
          }
        });
  }

  @Sound("an element is there before it can be seen")
  static void cellBeforeTail(Fork fork) throws InterruptedException {
    throughARing(fork, true);
  }

  @Broken(Wrong.class)
  static void tailBeforeCell(Fork fork) throws InterruptedException {
    throughARing(fork, false);
  }

  @Broken(Wrong.class)
  static void twoPutIntoARingForOne(Fork fork) throws InterruptedException {
    Ring ring = new Ring();
    Crew.run(fork, () -> ring.offer(1, true), () -> ring.offer(2, true));
    Crew.expectEqual(3, ring.poll() + ring.poll());
  }

  /** A buffer with two semaphores and a guard. */
  private static final class Counted {
    private final Semaphore free = new Semaphore(1);
    private final Semaphore used = new Semaphore(0);
    private final Semaphore guard = new Semaphore(1);
    private final Deque<Integer> elements = new ArrayDeque<>();

    void put(int element, boolean guardFirst) throws InterruptedException {
      if (guardFirst) {
        guard.acquire();
        free.acquire();
      } else {
        free.acquire();
        guard.acquire();
      }
      elements.add(element);
      guard.release();
      used.release();
    }

    int take() throws InterruptedException {
      used.acquire();
      guard.acquire();
      int element = elements.remove();
      guard.release();
      free.release();
      return element;
    }
  }

  private static void counted(Fork fork, boolean guardFirst) throws InterruptedException {
    Counted buffer = new Counted();
    Crew.run(
        fork,
        () -> {
          buffer.put(1, guardFirst);
          buffer.put(2, guardFirst);
        },
        () -> Crew.expectEqual(3, buffer.take() + buffer.take()));
  }

  @Sound("waits for room before it takes the guard")
  static void roomBeforeGuard(Fork fork) throws InterruptedException {
    counted(fork, false);
  }

  @Broken(LostWakeup.class)
  static void guardBeforeRoom(Fork fork) throws InterruptedException {
    counted(fork, true);
  }

  /** Ends for good, which those that wait must hear of. */
  private static final class Closable {
    private final Deque<Integer> elements = new ArrayDeque<>();
    private boolean closed;

    synchronized void put(int element) {
      elements.add(element);
      notify();
    }

    synchronized void close(boolean all) {
      closed = true;
      if (all) {
        notifyAll();
      } else {
        notify();
      }
    }

    synchronized int take() throws InterruptedException {
      while (elements.isEmpty() && !closed) {
        wait();
      }
      return elements.isEmpty() ? 0 : elements.remove();
    }
  }

  private static void closes(Fork fork, boolean all) throws InterruptedException {
    Closable buffer = new Closable();
    AtomicInteger sum = new AtomicInteger();
    Task take =
        () -> {
          for (int element = buffer.take(); element != 0; element = buffer.take()) {
            sum.addAndGet(element);
          }
        };
    Crew.run(
        fork,
        take,
        take,
        () -> {
          buffer.put(3);
          buffer.close(all);
        });
    Crew.expectEqual(3, sum.get());
  }

  @Sound("all hear of the end")
  static void allHearOfTheEnd(Fork fork) throws InterruptedException {
    closes(fork, true);
  }

  @Broken(LostWakeup.class)
  static void oneHearsOfTheEnd(Fork fork) throws InterruptedException {
    closes(fork, false);
  }
}
