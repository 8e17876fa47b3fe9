package kata11;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicStampedReference;

/** A stack whose top carries a version. */
public final class Solution implements LockFreeStack {

  /** The node on top, or null; every change counts the version on, which stays a byte. */
  private final AtomicStampedReference<Node> top = new AtomicStampedReference<>(null, 0);

  public Solution() {}

  @Override
  public void push(Node node) {
    Objects.requireNonNull(node, "node");
    int[] version = new int[1];
    Node first;
    do {
      first = top.get(version);
      node.setNext(first);
    } while (!top.compareAndSet(first, node, version[0], (version[0] + 1) & 0xFF));
  }

  @Override
  public Node pop() {
    int[] version = new int[1];
    while (true) {
      Node first = top.get(version);
      if (first == null) {
        return null;
      }
      Node second = first.next();
      if (top.compareAndSet(first, second, version[0], (version[0] + 1) & 0xFF)) {
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
