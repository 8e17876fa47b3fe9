package kata05;

import java.util.Objects;
import java.util.function.Supplier;

/** A monitor for the first run. */
public final class Solution implements Once {

  private final Object lock = new Object();
  private Thread runner;
  private Throwable failure;
  private volatile boolean done;

  /** A once that has run nothing yet. */
  public Solution() {}

  @Override
  public void run(Runnable action) {
    Objects.requireNonNull(action, "action");
    if (runner == Thread.currentThread()) {
      throw new IllegalStateException("called by its own action");
    }
    if (!done) {
      synchronized (lock) {
        if (!done) {
          runFirst(action);
        }
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

  private void runFirst(Runnable action) {
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

  private void tell() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }
}
