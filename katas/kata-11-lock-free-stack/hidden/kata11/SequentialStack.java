package kata11;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a stack does when it is used by one thread. */
final class SequentialStack implements LockFreeStack {

  private final Deque<Node> nodes = new ArrayDeque<>();

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
