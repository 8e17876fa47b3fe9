package kata01;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A counter without locks. */
public final class Solution implements Counter {

  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(Solution.class, "value", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private long value;

  public Solution() {
    this(0);
  }

  public Solution(long initial) {
    value = initial;
  }

  @Override
  public long increment() {
    return add(1);
  }

  @Override
  public long decrement() {
    return add(-1);
  }

  @Override
  public long add(long delta) {
    return (long) VALUE.getAndAdd(this, delta) + delta;
  }

  @Override
  public boolean compareAndSet(long expected, long next) {
    return VALUE.compareAndSet(this, expected, next);
  }

  @Override
  public long value() {
    return value;
  }
}
