package kata11;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A stack whose top is a new object with every change, swapped as cheaply as can be. */
public final class Solution implements LockFreeStack {

  private final AtomicReference<Top> top = new AtomicReference<>(new Top(null));

  public Solution() {}

  @Override
  public void push(Node node) {
    Objects.requireNonNull(node, "node");
    Top before;
    Top after = new Top(node);
    do {
      before = top.get();
      node.setNext(before.node);
    } while (!top.weakCompareAndSetPlain(before, after));
  }

  @Override
  public Node pop() {
    while (true) {
      Top before = top.get();
      if (before.node == null) {
        return null;
      }
      Node second = before.node.next();
      if (top.weakCompareAndSetPlain(before, new Top(second))) {
        return before.node;
      }
    }
  }

  @Override
  public Node peek() {
    return top.get().node;
  }

  @Override
  public boolean isEmpty() {
    return top.get().node == null;
  }

  private static final class Top {

    private Node node;

    Top(Node node) {
      this.node = node;
    }
  }
}
