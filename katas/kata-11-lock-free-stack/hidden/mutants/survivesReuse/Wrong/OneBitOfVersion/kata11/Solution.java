package kata11;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicMarkableReference;

/** A stack whose top carries a mark that every change flips. */
public final class Solution implements LockFreeStack {

  /** The node on top, or null; every change flips the mark. */
  private final AtomicMarkableReference<Node> top = new AtomicMarkableReference<>(null, false);

  public Solution() {}

  @Override
  public void push(Node node) {
    Objects.requireNonNull(node, "node");
    boolean[] mark = new boolean[1];
    Node first;
    do {
      first = top.get(mark);
      node.setNext(first);
    } while (!top.compareAndSet(first, node, mark[0], !mark[0]));
  }

  @Override
  public Node pop() {
    boolean[] mark = new boolean[1];
    while (true) {
      Node first = top.get(mark);
      if (first == null) {
        return null;
      }
      Node second = first.next();
      if (top.compareAndSet(first, second, mark[0], !mark[0])) {
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
