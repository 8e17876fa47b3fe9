package kata11;

import java.util.Objects;

/** A linked stack. */
public final class Solution implements LockFreeStack {

  private Node top;

  public Solution() {}

  @Override
  public synchronized void push(Node node) {
    Objects.requireNonNull(node, "node");
    node.setNext(top);
    top = node;
  }

  @Override
  public synchronized Node pop() {
    Node first = top;
    if (first != null) {
      top = first.next();
    }
    return first;
  }

  @Override
  public synchronized Node peek() {
    return top;
  }

  @Override
  public synchronized boolean isEmpty() {
    return top == null;
  }
}
