package kata11;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A stack of cells of its own, a new one for every push. */
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
    } while (!top.compareAndSet(first, new Cell(node, first)));
  }

  @Override
  public Node pop() {
    while (true) {
      Cell first = top.get();
      if (first == null) {
        return null;
      }
      if (top.compareAndSet(first, first.below())) {
        return first.node();
      }
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
