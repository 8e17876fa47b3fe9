package kata11;

/** Your stack. */
public final class Solution implements LockFreeStack {

  public Solution() {}

  @Override
  public void push(Node node) {
    throw new UnsupportedOperationException("not implemented yet: push");
  }

  @Override
  public Node pop() {
    throw new UnsupportedOperationException("not implemented yet: pop");
  }

  @Override
  public Node peek() {
    throw new UnsupportedOperationException("not implemented yet: peek");
  }

  @Override
  public boolean isEmpty() {
    throw new UnsupportedOperationException("not implemented yet: isEmpty");
  }
}
