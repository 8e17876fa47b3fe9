package kata11;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A stack whose top carries the number of nodes below it. */
public final class Solution implements LockFreeStack {

  private final AtomicReference<Top> top = new AtomicReference<>(new Top());

  public Solution() {}

  @Override
  public void push(Node node) {
    Objects.requireNonNull(node, "node");
    while (true) {
      Top before = top.get();
      node.setNext(before.node);
      if (top.compareAndSet(before, before.with(node, 1))) {
        return;
      }
    }
  }

  @Override
  public Node pop() {
    while (true) {
      Top before = top.get();
      if (before.node == null) {
        return null;
      }
      if (top.compareAndSet(before, before.with(before.node.next(), -1))) {
        return before.node;
      }
    }
  }

  @Override
  public Node peek() {
    return top.getOpaque().node;
  }

  @Override
  public boolean isEmpty() {
    return top.getOpaque().height == 0;
  }

  private static final class Top {

    private Node node;
    private int height;

    Top with(Node next, int more) {
      Top after = new Top();
      after.node = next;
      after.height = height + more;
      return after;
    }
  }
}
