package kata05;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The task of whoever was first is everybody's. */
public final class Solution implements Once {

  private final AtomicReference<FutureTask<Void>> task = new AtomicReference<>();
  private volatile Thread runner;

  /** A once that has run nothing yet. */
  public Solution() {}

  @Override
  public void run(Runnable action) {
    Objects.requireNonNull(action, "action");
    FutureTask<Void> mine = new FutureTask<>(action, null);
    if (task.compareAndSet(null, mine)) {
      runner = Thread.currentThread();
      mine.run();
      runner = null;
    } else if (runner == Thread.currentThread()) {
      throw new IllegalStateException("called by its own action");
    }
    await(task.get());
  }

  private static void await(FutureTask<Void> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
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
}
