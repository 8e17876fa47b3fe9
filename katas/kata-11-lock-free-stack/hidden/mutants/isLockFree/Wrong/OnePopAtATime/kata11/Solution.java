package kata11;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A stack of cells of its own, which also links the nodes. */
public final class Solution implements LockFreeStack {

  private record Cell(Node node, Cell below) {}

  private final AtomicReference<Cell> top = new AtomicReference<>();

  public Solution() {}

  @Override
  public void push(Node node) {
    Objects.requireNonNull(node, "node");
    Cell first;
    do {
      first = top.get();
      node.setNext(first == null ? null : first.node());
    } while (!top.compareAndSet(first, new Cell(node, first)));
  }

  @Override
  public Node pop() {
    synchronized (top) {
      Cell first;
      do {
        first = top.get();
        if (first == null) {
          return null;
        }
      } while (!top.compareAndSet(first, first.below()));
      return first.node();
    }
  }

  @Override
  public Node peek() {
    Cell first = top.get();
    return first == null ? null : first.node();
  }

  @Override
  public boolean isEmpty() {
    return top.get() == null;
  }
}
