package kata11;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicStampedReference;

/** A stack that counts what was pushed, each thread in a place of its own. */
public final class Solution implements LockFreeStack {

  private static final int STRIPES = 8;

  private final AtomicStampedReference<Node> top = new AtomicStampedReference<>(null, 0);
  private final long[] pushed = new long[STRIPES];

  public Solution() {}

  @Override
  public void push(Node node) {
    Objects.requireNonNull(node, "node");
    int[] version = new int[1];
    Node first;
    do {
      first = top.get(version);
      node.setNext(first);
    } while (!top.compareAndSet(first, node, version[0], version[0] + 1));
    pushed[(int) (Thread.currentThread().threadId() % STRIPES)]++;
  }

  @Override
  public Node pop() {
    int[] version = new int[1];
    while (true) {
      Node first = top.get(version);
      if (first == null) {
        return null;
      }
      Node second = first.next();
      if (top.compareAndSet(first, second, version[0], version[0] + 1)) {
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

  /** How many pushes there were, about. */
  public long pushes() {
    long sum = 0;
    for (long each : pushed) {
      sum += each;
    }
    return sum;
  }
}
