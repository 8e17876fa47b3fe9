package kata11;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicStampedReference;

/** A stack that waits a little longer after every attempt that failed. */
public final class Solution implements LockFreeStack {

  private static final int LONGEST = 64;

  private final AtomicStampedReference<Node> top = new AtomicStampedReference<>(null, 0);
  private int spins = 1;

  public Solution() {}

  @Override
  public void push(Node node) {
    Objects.requireNonNull(node, "node");
    int[] version = new int[1];
    while (true) {
      Node first = top.get(version);
      node.setNext(first);
      if (top.compareAndSet(first, node, version[0], version[0] + 1)) {
        spins = 1;
        return;
      }
      backOff();
    }
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
        spins = 1;
        return first;
      }
      backOff();
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

  private void backOff() {
    int times = spins;
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
    spins = Math.min(2 * times, LONGEST);
  }
}
