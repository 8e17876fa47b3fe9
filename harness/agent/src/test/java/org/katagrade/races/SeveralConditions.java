package org.katagrade.races;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link Condition}: two of one lock. */
final class SeveralConditions {

  private static final String AWAIT =
      "java.util.concurrent: what precedes Lock.unlock happens before what follows Condition.await";

  private SeveralConditions() {}

  private static final class Buffer {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    private final Queue<Integer> items = new ArrayDeque<>();

    void put(int item) throws InterruptedException {
      lock.lock();
      try {
        while (items.size() == 2) {
          notFull.await();
        }
        items.add(item); // race: sizeWithoutTheLock
        notEmpty.signal();
      } finally {
        lock.unlock();
      }
    }

    int take() throws InterruptedException {
      lock.lock();
      try {
        while (items.isEmpty()) {
          notEmpty.await();
        }
        int item = items.remove();
        notFull.signal();
        return item;
      } finally {
        lock.unlock();
      }
    }

    int size() {
      return items.size(); // race: sizeWithoutTheLock
    }
  }

  @RaceFree(AWAIT)
  static void boundedBuffer(Fork fork) throws InterruptedException {
    Buffer buffer = new Buffer();
    int[] sum = new int[1];
    TwoThreads.together(
        fork,
        Checked.task(
            () -> {
              for (int i = 1; i <= 10; i++) {
                buffer.put(i);
              }
            }),
        Checked.task(
            () -> {
              for (int i = 1; i <= 10; i++) {
                sum[0] += buffer.take();
              }
            }));
    if (sum[0] != 55 || buffer.size() != 0) {
      throw new AssertionError(sum[0]);
    }
  }

  @Racy
  static void sizeWithoutTheLock(Fork fork) throws InterruptedException {
    Buffer buffer = new Buffer();
    int[] size = new int[1];
    TwoThreads.inTurn(
        fork, Checked.task(() -> buffer.put(1)), Checked.task(() -> size[0] = buffer.size()));
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static final class Turns {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition[] turn = {lock.newCondition(), lock.newCondition()};
    private int next;
    private int hits;

    void play(int me) {
      for (int i = 0; i < 10; i++) {
        lock.lock();
        try {
          while (next != me) {
            turn[me].awaitUninterruptibly();
          }
        } finally {
          lock.unlock();
        }
        // Nobody else's turn: no lock needed.
        hits++;
        lock.lock();
        try {
          next = 1 - me;
          turn[next].signal();
        } finally {
          lock.unlock();
        }
      }
    }
  }

  @RaceFree(AWAIT)
  static void inTurns(Fork fork) throws InterruptedException {
    Turns turns = new Turns();
    TwoThreads.together(fork, () -> turns.play(0), () -> turns.play(1));
    expect(20, turns.hits);
  }
}
