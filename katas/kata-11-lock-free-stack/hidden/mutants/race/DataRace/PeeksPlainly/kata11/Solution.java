package kata11;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/** A stack whose top is a new object with every change. */
public final class Solution implements LockFreeStack {

  private static final VarHandle TOP;

  static {
    try {
      TOP = MethodHandles.lookup().findVarHandle(Solution.class, "top", Top.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private record Top(Node node) {}

  private Top top = new Top(null);

  public Solution() {}

  @Override
  public void push(Node node) {
    Objects.requireNonNull(node, "node");
    Top before;
    do {
      before = (Top) TOP.getVolatile(this);
      node.setNext(before.node());
    } while (!TOP.compareAndSet(this, before, new Top(node)));
  }

  @Override
  public Node pop() {
    while (true) {
      Top before = (Top) TOP.getVolatile(this);
      if (before.node() == null) {
        return null;
      }
      Node second = before.node().next();
      if (TOP.compareAndSet(this, before, new Top(second))) {
        return before.node();
      }
    }
  }

  @Override
  public Node peek() {
    return top.node();
  }

  @Override
  public boolean isEmpty() {
    return top.node() == null;
  }
}
