package kata11;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicStampedReference;

/** A stack whose top carries the time of its last change. */
public final class Solution implements LockFreeStack {

  /** The node on top, or null, and when it came there. */
  private final AtomicStampedReference<Node> top = new AtomicStampedReference<>(null, 0);

  public Solution() {}

  @Override
  public void push(Node node) {
    Objects.requireNonNull(node, "node");
    int[] time = new int[1];
    Node first;
    do {
      first = top.get(time);
      node.setNext(first);
    } while (!top.compareAndSet(first, node, time[0], (int) System.nanoTime()));
  }

  @Override
  public Node pop() {
    int[] time = new int[1];
    while (true) {
      Node first = top.get(time);
      if (first == null) {
        return null;
      }
      Node second = first.next();
      if (top.compareAndSet(first, second, time[0], (int) System.nanoTime())) {
        return first;
      }
    }
  }

  @Override
  public Node peek() {
    return top.getReference();
  }

  @Override
  public boolean isEmpty() {
    return top.getReference() == null;
  }
}
