package org.katagrade.explored;

import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicStampedReference;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Stacks without locks, whose nodes are used again or not. */
final class Stacks {

  private Stacks() {}

  /** An element of a stack; also used again. */
  private static final class Node {
    private final int value;
    private volatile @Nullable Node next;

    Node(int value) {
      this.value = value;
    }
  }

  /** Treiber's stack. */
  private static final class Plain {
    private final AtomicReference<@Nullable Node> top = new AtomicReference<>();

    void push(Node node) {
      Node seen;
      do {
        seen = top.get();
        node.next = seen;
      } while (!top.compareAndSet(seen, node));
    }

    void pushBlindly(Node node) {
      node.next = top.get();
      top.set(node);
    }

    @Nullable Node pop() {
      Node seen;
      do {
        seen = top.get();
        if (seen == null) {
          return null;
        }
      } while (!top.compareAndSet(seen, seen.next));
      return seen;
    }

    int size() {
      int size = 0;
      for (Node node = top.get(); node != null; node = node.next) {
        size++;
      }
      return size;
    }
  }

  @Sound("tries again when the top has changed")
  static void pushes(Fork fork) throws InterruptedException {
    Plain stack = new Plain();
    Crew.run(fork, () -> stack.push(new Node(1)), () -> stack.push(new Node(2)));
    Crew.expectEqual(2, stack.size());
  }

  @Broken(Wrong.class)
  static void pushesBlindly(Fork fork) throws InterruptedException {
    Plain stack = new Plain();
    Crew.run(fork, () -> stack.pushBlindly(new Node(1)), () -> stack.pushBlindly(new Node(2)));
    Crew.expectEqual(2, stack.size());
  }

  /** Three nodes; one thread pops, the other pops two and pushes the first again. */
  private static void again(Fork fork, boolean fresh) throws InterruptedException {
    Plain stack = new Plain();
    for (int value = 3; value >= 1; value--) {
      stack.push(new Node(value));
    }
    Set<Integer> popped = Collections.synchronizedSet(new HashSet<>());
    Task pop = () -> take(stack, popped);
    Crew.run(
        fork,
        pop,
        () -> {
          Node first = stack.pop();
          take(stack, popped);
          if (first != null) {
            stack.push(fresh ? new Node(first.value) : first);
          }
        });
    while (stack.size() > 0) {
      take(stack, popped);
    }
    Crew.expectEqual(3, popped.size());
  }

  private static void take(Plain stack, Set<Integer> popped) {
    Node node = stack.pop();
    if (node != null) {
      Crew.expect(popped.add(node.value), "nothing is popped twice");
    }
  }

  @Sound("a node that was popped is never pushed again")
  static void freshNodes(Fork fork) throws InterruptedException {
    again(fork, true);
  }

  @Broken(Wrong.class)
  static void usedNodes(Fork fork) throws InterruptedException {
    again(fork, false);
  }

  /** The same with a stamp that counts the changes. */
  private static final class Stamped {
    private final AtomicStampedReference<@Nullable Node> top =
        new AtomicStampedReference<>(null, 0);

    void push(Node node) {
      int[] stamp = new int[1];
      Node seen;
      do {
        seen = top.get(stamp);
        node.next = seen;
      } while (!top.compareAndSet(seen, node, stamp[0], stamp[0] + 1));
    }

    @Nullable Node pop() {
      int[] stamp = new int[1];
      Node seen;
      do {
        seen = top.get(stamp);
        if (seen == null) {
          return null;
        }
      } while (!top.compareAndSet(seen, seen.next, stamp[0], stamp[0] + 1));
      return seen;
    }
  }

  @Sound("the stamp tells that the top has changed in between")
  static void usedNodesWithStamps(Fork fork) throws InterruptedException {
    Stamped stack = new Stamped();
    for (int value = 3; value >= 1; value--) {
      stack.push(new Node(value));
    }
    Set<Integer> popped = Collections.synchronizedSet(new HashSet<>());
    Crew.run(
        fork,
        () -> popped.add(Objects.requireNonNull(stack.pop()).value),
        () -> {
          Node first = Objects.requireNonNull(stack.pop());
          popped.add(Objects.requireNonNull(stack.pop()).value);
          stack.push(first);
        });
    popped.add(Objects.requireNonNull(stack.pop()).value);
    Crew.expectEqual(3, popped.size());
  }
}
