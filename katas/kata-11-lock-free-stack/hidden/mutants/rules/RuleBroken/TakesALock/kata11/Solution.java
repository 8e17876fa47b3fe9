package kata11;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** A linked stack under a lock. */
public final class Solution implements LockFreeStack {

  private final ReentrantLock lock = new ReentrantLock();
  private Node top;

  public Solution() {}

  @Override
  public void push(Node node) {
    Objects.requireNonNull(node, "node");
    lock.lock();
    try {
      node.setNext(top);
      top = node;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Node pop() {
    lock.lock();
    try {
      Node first = top;
      if (first != null) {
        top = first.next();
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Node peek() {
    lock.lock();
    try {
      return top;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isEmpty() {
    return peek() == null;
  }
}
