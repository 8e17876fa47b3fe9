package kata28;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A pool of workers. */
public final class Solution<J, R> implements WorkerPool<J, R> {

  private final Work<J, R> work;
  private final ExecutorService executor;
  private final Object lock = new Object();
  private final Queue<Slot<J, R>> outcomes = new ArrayDeque<>();
  private boolean closed;

  public Solution(int workers, Work<J, R> work) {
    this.work = Objects.requireNonNull(work);
    this.executor = Executors.newFixedThreadPool(workers);
  }

  @Override
  public void submit(J job) {
    Objects.requireNonNull(job);
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("the pool is shut down");
      }
      Slot<J, R> slot = new Slot<>(job);
      outcomes.add(slot);
      executor.execute(() -> work(slot));
    }
  }

  @Override
  public Results<J, R> results() {
    return this::next;
  }

  @Override
  public void shutdown(Shutdown how) {
    Objects.requireNonNull(how);
    synchronized (lock) {
      closed = true;
      if (how == Shutdown.NOW) {
        executor.shutdownNow();
        for (Slot<J, R> slot : outcomes) {
          if (!slot.begun && slot.outcome == null) {
            slot.outcome = new Outcome.Cancelled<>(slot.job);
          }
        }
      } else {
        executor.shutdown();
      }
      lock.notifyAll();
    }
  }

  @Override
  public void resize(int workers) {
    throw new UnsupportedOperationException("left out");
  }

  @Override
  public List<WorkerStats> workerStats() {
    throw new UnsupportedOperationException("left out");
  }

  private void work(Slot<J, R> slot) {
    synchronized (lock) {
      if (slot.outcome != null) {
        return;
      }
      slot.begun = true;
    }
    Outcome<J, R> outcome;
    try {
      outcome = new Outcome.Done<>(slot.job, work.run(slot.job));
    } catch (Throwable e) {
      outcome = new Outcome.Failed<>(slot.job, e);
    }
    Thread.interrupted();
    synchronized (lock) {
      slot.outcome = outcome;
      lock.notifyAll();
    }
  }

  private Optional<Outcome<J, R>> next() throws InterruptedException {
    synchronized (lock) {
      while (outcomes.isEmpty() || outcomes.peek().outcome == null) {
        if (outcomes.isEmpty() && closed) {
          return Optional.empty();
        }
        lock.wait();
      }
      return Optional.of(outcomes.remove().outcome);
    }
  }

  private static final class Slot<J, R> {

    final J job;
    boolean begun;
    Outcome<J, R> outcome;

    Slot(J job) {
      this.job = job;
    }
  }
}
