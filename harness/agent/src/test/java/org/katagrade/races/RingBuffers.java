package org.katagrade.races;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Queues without locks, for one producer and one consumer or for many. */
final class RingBuffers {

  private static final String RELEASE =
      "VarHandle.setRelease, which lazySet is, happens before the reads that see what it wrote";

  private RingBuffers() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  /** For one producer and one consumer; a plain array, whose slots the two counters guard. */
  private static final class Ring {
    private final int[] slots = new int[4];
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger put = new AtomicInteger();

    boolean offer(int item) {
      int at = put.getPlain();
      if (at - taken.get() == slots.length) {
        return false;
      }
      slots[at % slots.length] = item;
      put.lazySet(at + 1);
      return true;
    }

    boolean offerCountedFirst(int item) {
      int at = put.get();
      put.lazySet(at + 1);
      slots[at % slots.length] = item; // race: countedBeforeItIsStored
      return true;
    }

    boolean offerWithoutRoom(int item) {
      int at = put.get();
      slots[at % slots.length] = item; // race: roomNotAskedFor
      put.lazySet(at + 1);
      return true;
    }

    /** -1 if there is none. */
    int poll() {
      int at = taken.getPlain();
      if (at == put.getAcquire()) {
        return -1;
      }
      int item = slots[at % slots.length]; // race: countedBeforeItIsStored, roomNotAskedFor
      taken.setRelease(at + 1);
      return item;
    }
  }

  @RaceFree(RELEASE)
  static void oneProducerAndOneConsumer(Fork fork) throws InterruptedException {
    Ring ring = new Ring();
    int[] sum = new int[1];
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 1; i <= 20; i++) {
            while (!ring.offer(i)) {
              Thread.yield();
            }
          }
        },
        () -> {
          for (int i = 1; i <= 20; i++) {
            int item = ring.poll();
            while (item < 0) {
              Thread.yield();
              item = ring.poll();
            }
            sum[0] += item;
          }
        });
    expect(210, sum[0]);
  }

  @Racy
  static void countedBeforeItIsStored(Fork fork) throws InterruptedException {
    Ring ring = new Ring();
    TwoThreads.inTurn(fork, () -> ring.offerCountedFirst(5), ring::poll);
  }

  @Racy
  static void roomNotAskedFor(Fork fork) throws InterruptedException {
    Ring ring = new Ring();
    for (int i = 0; i < 4; i++) {
      ring.offerWithoutRoom(i);
    }
    // The other way round the consumer would see that the producer is done.
    TwoThreads.inTurn(fork, ring::poll, () -> ring.offerWithoutRoom(5));
  }

  /** Michael, Scott: many producers, many consumers. */
  private static final class LinkedNodes {
    private static final class Node {
      private int item;
      private final AtomicReference<@Nullable Node> next = new AtomicReference<>();
    }

    private final AtomicReference<Node> head;
    private final AtomicReference<Node> tail;

    LinkedNodes() {
      Node dummy = new Node();
      head = new AtomicReference<>(dummy);
      tail = new AtomicReference<>(dummy);
    }

    void add(int item) {
      Node node = new Node();
      node.item = item;
      while (true) {
        Node last = tail.get();
        Node next = last.next.get();
        if (next != null) {
          tail.compareAndSet(last, next);
        } else if (last.next.compareAndSet(null, node)) {
          tail.compareAndSet(last, node);
          return;
        }
      }
    }

    /** -1 if there is none. */
    int poll() {
      while (true) {
        Node first = head.get();
        Node last = tail.get();
        Node next = first.next.get();
        if (next == null) {
          return -1;
        }
        if (first == last) {
          tail.compareAndSet(last, next);
        } else {
          int item = next.item;
          if (head.compareAndSet(first, next)) {
            return item;
          }
        }
      }
    }
  }

  @RaceFree("VarHandle.compareAndSet: memory semantics of setVolatile, get of getVolatile")
  static void linkedNodes(Fork fork) throws InterruptedException {
    LinkedNodes queue = new LinkedNodes();
    AtomicInteger sum = new AtomicInteger();
    Runnable putAndTake =
        () -> {
          for (int i = 1; i <= 10; i++) {
            queue.add(i);
            int item = queue.poll();
            while (item < 0) {
              item = queue.poll();
            }
            sum.addAndGet(item);
          }
        };
    TwoThreads.together(fork, putAndTake, putAndTake);
    expect(110, sum.get());
  }

  /** Vyukov: the number of a slot says whose turn it is. */
  private static final class NumberedSlots {
    private static final VarHandle TURN = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] turns = {0, 1};
    private final int[] items = new int[2];
    private final AtomicInteger put = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();

    void put(int item) {
      int ticket = put.getAndIncrement();
      int slot = ticket % items.length;
      while ((int) TURN.getAcquire(turns, slot) != ticket) {
        Thread.yield();
      }
      items[slot] = item;
      TURN.setRelease(turns, slot, ticket + 1);
    }

    int take() {
      int ticket = taken.getAndIncrement();
      int slot = ticket % items.length;
      while ((int) TURN.getAcquire(turns, slot) != ticket + 1) {
        Thread.yield();
      }
      int item = items[slot];
      TURN.setRelease(turns, slot, ticket + items.length);
      return item;
    }
  }

  @RaceFree(RELEASE)
  static void numberedSlots(Fork fork) throws InterruptedException {
    NumberedSlots queue = new NumberedSlots();
    AtomicInteger sum = new AtomicInteger();
    Runnable putAndTake =
        () -> {
          for (int item = 1; item <= 6; item++) {
            queue.put(item);
            sum.addAndGet(queue.take());
          }
        };
    TwoThreads.together(fork, putAndTake, putAndTake);
    expect(42, sum.get());
  }
}
