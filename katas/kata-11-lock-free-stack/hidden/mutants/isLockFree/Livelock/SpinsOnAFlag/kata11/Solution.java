package kata11;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** A linked stack that one thread changes at a time. */
public final class Solution implements LockFreeStack {

  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Node top;

  public Solution() {}

  @Override
  public void push(Node node) {
    Objects.requireNonNull(node, "node");
    enter();
    try {
      node.setNext(top);
      top = node;
    } finally {
      busy.set(false);
    }
  }

  @Override
  public Node pop() {
    enter();
    try {
      Node first = top;
      if (first != null) {
        top = first.next();
      }
      return first;
    } finally {
      busy.set(false);
    }
  }

  @Override
  public Node peek() {
    return top;
  }

  @Override
  public boolean isEmpty() {
    return top == null;
  }

  private void enter() {
    while (!busy.compareAndSet(false, true)) {
      Thread.onSpinWait();
    }
  }
}
