package kata99;

public final class Solution implements Turnstile {

  public Solution() {}

  @Override
  public int enter() {
    throw new UnsupportedOperationException("not implemented yet: enter");
  }

  @Override
  public int entered() {
    throw new UnsupportedOperationException("not implemented yet: entered");
  }

  @Override
  public void awaitOpen() {
    throw new UnsupportedOperationException("not implemented yet: awaitOpen");
  }

  @Override
  public void open() {
    throw new UnsupportedOperationException("not implemented yet: open");
  }

  @Override
  public void service() {
    throw new UnsupportedOperationException("not implemented yet: service");
  }

  @Override
  public void later(Runnable action) {
    throw new UnsupportedOperationException("not implemented yet: later");
  }
}
