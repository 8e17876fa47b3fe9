package kata01;

import java.util.concurrent.atomic.AtomicLong;

/** A counter that knows how often it was read. */
public final class Solution implements Counter {

  private final AtomicLong value;
  private long reads;

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
    return value.addAndGet(delta);
  }

  @Override
  public boolean compareAndSet(long expected, long next) {
    return value.compareAndSet(expected, next);
  }

  @Override
  public long value() {
    reads++;
    return value.get();
  }

  @Override
  public String toString() {
    return value.get() + ", read " + reads + " times";
  }
}
