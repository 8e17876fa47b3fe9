package kata05;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Whoever sets the runner runs; the others wait for the latch. */
public final class Solution implements Once {

  private final AtomicReference<Thread> runner = new AtomicReference<>();
  private final CountDownLatch finished = new CountDownLatch(1);
  private Throwable failure;

  /** A once that has run nothing yet. */
  public Solution() {}

  @Override
  public void run(Runnable action) {
    Objects.requireNonNull(action, "action");
    if (finished.getCount() > 0) {
      if (runner.compareAndSet(null, Thread.currentThread())) {
        try {
          action.run();
        } catch (RuntimeException | Error e) {
          failure = e;
        }
        finished.countDown();
      } else if (runner.get() == Thread.currentThread()) {
        throw new IllegalStateException("called by its own action");
      } else {
        awaitFinished();
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

  private void awaitFinished() {
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
