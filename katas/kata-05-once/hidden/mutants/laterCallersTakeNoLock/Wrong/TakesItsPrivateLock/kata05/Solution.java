package kata05;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A lock of its own for every call. */
public final class Solution implements Once {

  private final ReentrantLock running = new ReentrantLock();
  private Outcome outcome;

  /** A once that has run nothing yet. */
  public Solution() {}

  @Override
  public void run(Runnable action) {
    Objects.requireNonNull(action, "action");
    outcomeOf(action).tell();
  }

  @Override
  public <T> Lazy<T> lazy(Supplier<? extends T> supplier) {
    return new Value<>(supplier);
  }

  private Outcome outcomeOf(Runnable action) {
    if (running.isHeldByCurrentThread()) {
      throw new IllegalStateException("the action waits for itself");
    }
    running.lock();
    try {
      if (outcome == null) {
        outcome = Outcome.of(action);
      }
      return outcome;
    } finally {
      running.unlock();
    }
  }

  /**
   * How a run ended.
   *
   * @param failure what it threw, or null
   */
  private record Outcome(Throwable failure) {

    static Outcome of(Runnable action) {
      try {
        action.run();
        return new Outcome(null);
      } catch (Throwable e) {
        return new Outcome(e);
      }
    }

    void tell() {
      if (failure != null) {
        Solution.<RuntimeException>rethrow(failure);
      }
    }
  }

  /** A value set by the one run of a once of its own, which also publishes it. */
  private static final class Value<T> implements Lazy<T> {

    private final Once once = new Solution();
    private final Supplier<? extends T> supplier;
    private T value;

    Value(Supplier<? extends T> supplier) {
      this.supplier = Objects.requireNonNull(supplier, "supplier");
    }

    @Override
    public T get() {
      once.run(() -> value = supplier.get());
      return value;
    }
  }

  @SuppressWarnings("unchecked") // a Runnable declares nothing, so what it threw needs no wrapper
  private static <E extends Throwable> void rethrow(Throwable failure) throws E {
    throw (E) failure;
  }
}
