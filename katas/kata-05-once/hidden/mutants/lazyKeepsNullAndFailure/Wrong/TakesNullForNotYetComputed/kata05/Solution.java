package kata05;

import java.util.Objects;
import java.util.function.Supplier;

/** A monitor for the first run, a volatile flag for everybody after it. */
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
    if (!done) {
      synchronized (lock) {
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
      }
    }
    tell();
  }

  @Override
  public <T> Lazy<T> lazy(Supplier<? extends T> supplier) {
    Objects.requireNonNull(supplier, "supplier");
    return new Lazy<>() {
      private final Object monitor = new Object();
      private boolean computing;
      private Throwable thrown;
      private volatile T value;

      @Override
      public T get() {
        if (value == null) {
          synchronized (monitor) {
            if (computing) {
              throw new IllegalStateException("asked for by its own supplier");
            }
            if (value == null && thrown == null) {
              compute();
            }
            if (thrown instanceof Error error) {
              throw error;
            }
            if (thrown != null) {
              throw (RuntimeException) thrown;
            }
          }
        }
        return value;
      }

      private void compute() {
        computing = true;
        try {
          value = supplier.get();
        } catch (RuntimeException | Error e) {
          thrown = e;
        } finally {
          computing = false;
        }
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
