package kata11;

import java.util.concurrent.ConcurrentLinkedDeque;

/** A stack in a deque that does it all. */
public final class Solution implements LockFreeStack {

  private final ConcurrentLinkedDeque<Node> nodes = new ConcurrentLinkedDeque<>();

  public Solution() {}

  @Override
  public void push(Node node) {
    nodes.push(node);
  }

  @Override
  public Node pop() {
    return nodes.poll();
  }

  @Override
  public Node peek() {
    return nodes.peek();
  }

  @Override
  public boolean isEmpty() {
    return nodes.isEmpty();
  }
}
