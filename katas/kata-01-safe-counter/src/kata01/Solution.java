package kata01;

/** Your counter. */
public final class Solution implements Counter {

  public Solution() {}

  public Solution(long initial) {}

  @Override
  public long increment() {
    throw new UnsupportedOperationException("not implemented yet: increment");
  }

  @Override
  public long decrement() {
    throw new UnsupportedOperationException("not implemented yet: decrement");
  }

  @Override
  public long add(long delta) {
    throw new UnsupportedOperationException("not implemented yet: add");
  }

  @Override
  public boolean compareAndSet(long expected, long next) {
    throw new UnsupportedOperationException("not implemented yet: compareAndSet");
  }

  @Override
  public long value() {
    throw new UnsupportedOperationException("not implemented yet: value");
  }
}
