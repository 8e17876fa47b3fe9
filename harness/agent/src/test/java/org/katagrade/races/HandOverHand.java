package org.katagrade.races;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link Lock}s of the nodes of a list, taken hand over hand. */
final class HandOverHand {

  private static final String UNLOCK =
      "Lock: unlocking has the effects of an Unlock action, locking those of a Lock action";

  private HandOverHand() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static final class SortedList {
    private static final class Node {
      private final Lock lock = new ReentrantLock();
      private final int value;
      private @Nullable Node next;

      Node(int value, @Nullable Node next) {
        this.value = value;
        this.next = next;
      }
    }

    private final Node head = new Node(Integer.MIN_VALUE, null);

    /** Hand over hand: the lock of the next node is taken before that of the last is given back. */
    private Node lockedBefore(int value) {
      Node node = head;
      node.lock.lock();
      for (Node next = node.next; next != null; next = node.next) {
        next.lock.lock();
        if (next.value >= value) {
          next.lock.unlock();
          return node;
        }
        node.lock.unlock();
        node = next;
      }
      return node;
    }

    void add(int value) {
      Node node = lockedBefore(value);
      node.next = new Node(value, node.next);
      node.lock.unlock();
    }

    void removeAfterTheHead() {
      head.lock.lock();
      Node first = head.next;
      if (first != null) {
        first.lock.lock();
        head.next = first.next; // race: searchedWithoutLocks, sizeWithoutLocks
        first.lock.unlock();
      }
      head.lock.unlock();
    }

    boolean containsWithoutLocks(int value) {
      Node node = head;
      while (node != null && node.value < value) {
        node = node.next; // race: searchedWithoutLocks
      }
      return node != null && node.value == value;
    }

    int size() {
      int size = 0;
      for (Node node = head.next; node != null; node = node.next) {
        size++;
      }
      return size;
    }
  }

  @RaceFree(UNLOCK)
  static void addedHandOverHand(Fork fork) throws InterruptedException {
    SortedList list = new SortedList();
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 0; i < 10; i++) {
            list.add(2 * i);
          }
        },
        () -> {
          for (int i = 9; i >= 0; i--) {
            list.add(2 * i + 1);
          }
          list.removeAfterTheHead();
        });
    expect(19, list.size());
  }

  @Racy
  static void searchedWithoutLocks(Fork fork) throws InterruptedException {
    SortedList list = new SortedList();
    list.add(1);
    list.add(2);
    TwoThreads.together(fork, list::removeAfterTheHead, () -> list.containsWithoutLocks(2));
  }

  @RaceFree(UNLOCK)
  static void searchedHandOverHand(Fork fork) throws InterruptedException {
    SortedList list = new SortedList();
    list.add(1);
    list.add(2);
    TwoThreads.together(
        fork,
        list::removeAfterTheHead,
        () -> {
          SortedList.Node before = list.lockedBefore(2);
          SortedList.Node found = before.next;
          before.lock.unlock();
          expect(2, found == null ? 0 : found.value);
        });
    expect(1, list.size());
  }

  @Racy
  static void sizeWithoutLocks(Fork fork) throws InterruptedException {
    SortedList list = new SortedList();
    list.add(1);
    TwoThreads.inTurn(
        fork,
        list::removeAfterTheHead,
        () -> {
          if (list.head.next != null) { // race: sizeWithoutLocks
            throw new AssertionError("not removed");
          }
        });
  }
}
