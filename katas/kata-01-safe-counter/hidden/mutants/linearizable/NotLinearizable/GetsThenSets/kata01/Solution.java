package kata01;

import java.util.concurrent.atomic.AtomicLong;

/** A counter. */
public final class Solution implements Counter {

  private final AtomicLong value;

  public Solution() {
    this(0);
  }

  public Solution(long initial) {
    value = new AtomicLong(initial);
  }

  @Override
  public long increment() {
    return value.incrementAndGet();
  }

  @Override
  public long decrement() {
    return value.decrementAndGet();
  }

  @Override
  public long add(long delta) {
    value.set(value.get() + delta);
    return value.get();
  }

  @Override
  public boolean compareAndSet(long expected, long next) {
    return value.compareAndSet(expected, next);
  }

  @Override
  public long value() {
    return value.get();
  }
}
