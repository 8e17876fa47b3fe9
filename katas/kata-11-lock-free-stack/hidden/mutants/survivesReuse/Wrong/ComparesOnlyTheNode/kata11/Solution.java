package kata11;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Treiber's stack. */
public final class Solution implements LockFreeStack {

  private final AtomicReference<Node> top = new AtomicReference<>();

  public Solution() {}

  @Override
  public void push(Node node) {
    Objects.requireNonNull(node, "node");
    Node first;
    do {
      first = top.get();
      node.setNext(first);
    } while (!top.compareAndSet(first, node));
  }

  @Override
  public Node pop() {
    while (true) {
      Node first = top.get();
      if (first == null) {
        return null;
      }
      Node second = first.next();
      if (top.compareAndSet(first, second)) {
        return first;
      }
    }
  }

  @Override
  public Node peek() {
    return top.get();
  }

  @Override
  public boolean isEmpty() {
    return top.get() == null;
  }
}
