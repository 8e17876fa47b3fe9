package org.katagrade.races;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Sets, queues and bits that are not thread-safe. */
final class SetsAndQueues {

  private static final String LOCKED = "JLS 17.4.5: used only under one monitor";

  private int seen;

  private SetsAndQueues() {}

  @Racy
  static void hashSetAddAndContains(Fork fork) throws InterruptedException {
    Set<String> names = new HashSet<>(Set.of("a", "b"));
    SetsAndQueues result = new SetsAndQueues();
    TwoThreads.inTurn(
        fork,
        () -> names.add("c"), // race: hashSetAddAndContains
        () -> result.seen = names.contains("a") ? 1 : 0); // race: hashSetAddAndContains
  }

  @RaceFree(LOCKED)
  static void hashSetUnderTheMonitor(Fork fork) throws InterruptedException {
    Set<Integer> numbers = new HashSet<>();
    Runnable add =
        () -> {
          for (int i = 0; i < 20; i++) {
            synchronized (numbers) {
              numbers.add(i);
            }
          }
        };
    TwoThreads.together(fork, add, add);
    if (numbers.size() != 20) {
      throw new AssertionError(numbers);
    }
  }

  @Racy
  static void linkedHashSetRetained(Fork fork) throws InterruptedException {
    Set<String> names = new LinkedHashSet<>(Set.of("a", "b"));
    SetsAndQueues result = new SetsAndQueues();
    TwoThreads.inTurn(
        fork,
        () -> names.retainAll(Set.of("a")), // race: linkedHashSetRetained
        () -> result.seen = names.isEmpty() ? 0 : 1); // race: linkedHashSetRetained
  }

  @Racy
  static void treeSetFirstAndAdd(Fork fork) throws InterruptedException {
    TreeSet<Integer> numbers = new TreeSet<>(Set.of(3, 5));
    SetsAndQueues result = new SetsAndQueues();
    TwoThreads.inTurn(
        fork,
        () -> result.seen = numbers.first(), // race: treeSetFirstAndAdd
        () -> numbers.add(1)); // race: treeSetFirstAndAdd
  }

  @RaceFree("TreeSet: must be synchronized if at least one thread modifies it; here none does")
  static void treeSetReadByBoth(Fork fork) throws InterruptedException {
    TreeSet<Integer> numbers = new TreeSet<>(Set.of(3, 5, 9));
    SetsAndQueues one = new SetsAndQueues();
    SetsAndQueues other = new SetsAndQueues();
    TwoThreads.together(
        fork,
        () -> one.seen = numbers.ceiling(4),
        () -> {
          for (int number : numbers.descendingSet()) {
            other.seen = number;
          }
        });
    if (one.seen != 5 || other.seen != 3) {
      throw new AssertionError(one.seen);
    }
  }

  @Racy
  static void arrayDequePushAndPoll(Fork fork) throws InterruptedException {
    Deque<String> tasks = new ArrayDeque<>(Set.of("first"));
    TwoThreads.inTurn(
        fork,
        () -> tasks.push("second"), // race: arrayDequePushAndPoll
        () -> tasks.pollLast()); // race: arrayDequePushAndPoll
  }

  private static final class TaskQueue {
    private final Queue<int[]> tasks = new ArrayDeque<>();
    private boolean closed;

    synchronized void add(int[] task) {
      tasks.add(task);
      notifyAll();
    }

    synchronized void close() {
      closed = true;
      notifyAll();
    }

    synchronized int[] next() {
      while (tasks.isEmpty() && !closed) {
        try {
          wait();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return tasks.isEmpty() ? new int[0] : tasks.remove();
    }

    void work() {
      for (int[] task = next(); task.length > 0; task = next()) {
        task[0] *= 2;
      }
    }
  }

  @RaceFree("JLS 17.4.5: a task's unlock in add() comes before the lock in next() that takes it")
  static void workersOnOneQueue(Fork fork) throws InterruptedException {
    TaskQueue queue = new TaskQueue();
    int[][] tasks = new int[10][1];
    Thread one = fork.thread(queue::work);
    Thread other = fork.thread(queue::work);
    one.start();
    other.start();
    for (int i = 0; i < tasks.length; i++) {
      tasks[i][0] = i;
      queue.add(tasks[i]);
    }
    queue.close();
    one.join();
    other.join();
    for (int i = 0; i < tasks.length; i++) {
      if (tasks[i][0] != 2 * i) {
        throw new AssertionError(i);
      }
    }
  }

  @Racy
  static void taskChangedAfterItWasQueued(Fork fork) throws InterruptedException {
    TaskQueue queue = new TaskQueue();
    int[] task = {1};
    Thread worker =
        fork.thread(
            () -> {
              int[] mine = queue.next();
              mine[0]++; // race: taskChangedAfterItWasQueued
            });
    worker.start();
    queue.add(task);
    task[0] = 5; // race: taskChangedAfterItWasQueued
    worker.join();
  }

  @Racy
  static void priorityQueueOfferAndPeek(Fork fork) throws InterruptedException {
    PriorityQueue<Integer> numbers = new PriorityQueue<>(Set.of(3, 5));
    SetsAndQueues result = new SetsAndQueues();
    TwoThreads.inTurn(
        fork,
        () -> numbers.offer(1), // race: priorityQueueOfferAndPeek
        () -> result.seen = numbers.peek()); // race: priorityQueueOfferAndPeek
  }

  @RaceFree(LOCKED)
  static void priorityQueueUnderTheMonitor(Fork fork) throws InterruptedException {
    PriorityQueue<Integer> numbers = new PriorityQueue<>();
    Runnable addSome =
        () -> {
          for (int i = 9; i >= 0; i--) {
            synchronized (numbers) {
              numbers.add(i);
            }
          }
        };
    TwoThreads.together(fork, addSome, addSome);
    int sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += numbers.remove();
    }
    if (sum != 2) {
      throw new AssertionError(numbers);
    }
  }

  @Racy
  static void bitSetSetByBoth(Fork fork) throws InterruptedException {
    BitSet bits = new BitSet(64);
    TwoThreads.inTurn(
        fork,
        () -> bits.set(1), // race: bitSetSetByBoth
        () -> bits.set(2)); // race: bitSetSetByBoth
  }

  @RaceFree(LOCKED)
  static void bitSetUnderTheMonitor(Fork fork) throws InterruptedException {
    BitSet bits = new BitSet(64);
    TwoThreads.together(fork, () -> setFrom(bits, 0), () -> setFrom(bits, 1));
    if (bits.cardinality() != 64) {
      throw new AssertionError(bits);
    }
  }

  private static void setFrom(BitSet bits, int from) {
    for (int i = from; i < 64; i += 2) {
      synchronized (bits) {
        bits.set(i);
      }
    }
  }

  @RaceFree("JLS 17.4.5: each thread has a set of its own, joined before they are put together")
  static void setsOfTheirOwn(Fork fork) throws InterruptedException {
    Set<Integer> even = new HashSet<>();
    Set<Integer> odd = new HashSet<>();
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 0; i < 10; i += 2) {
            even.add(i);
          }
        },
        () -> {
          for (int i = 1; i < 10; i += 2) {
            odd.add(i);
          }
        });
    even.addAll(odd);
    if (even.size() != 10) {
      throw new AssertionError(even);
    }
  }
}
