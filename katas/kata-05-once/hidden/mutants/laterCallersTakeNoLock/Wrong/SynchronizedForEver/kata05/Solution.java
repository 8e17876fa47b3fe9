package kata05;

import java.util.Objects;
import java.util.function.Supplier;

/** One thread at a time. */
public final class Solution implements Once {

  private Thread runner;
  private Throwable failure;
  private boolean done;

  /** A once that has run nothing yet. */
  public Solution() {}

  @Override
  public synchronized void run(Runnable action) {
    Objects.requireNonNull(action, "action");
    if (runner == Thread.currentThread()) {
      throw new IllegalStateException("called by its own action");
    }
    if (!done) {
      runner = Thread.currentThread();
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        runner = null;
        done = true;
      }
    }
    tell();
  }

  @Override
  public <T> Lazy<T> lazy(Supplier<? extends T> supplier) {
    Objects.requireNonNull(supplier, "supplier");
    Once once = new Solution();
    return new Lazy<>() {
      private T value;

      @Override
      public T get() {
        once.run(() -> value = supplier.get());
        return value;
      }
    };
  }

  private void tell() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }
}
