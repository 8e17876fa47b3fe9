package kata28;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;

/** A pool of workers. */
public final class Solution<J, R> implements WorkerPool<J, R> {

  private final Work<J, R> work;
  private final Queue<Slot<J, R>> jobs = new ArrayDeque<>();
  private final Queue<Slot<J, R>> outcomes = new ArrayDeque<>();
  private final List<Worker> workers = new ArrayList<>();
  private int wanted;
  private int live;
  private boolean closed;
  private boolean cancelled;

  public Solution(int workers, Work<J, R> work) {
    this.work = Objects.requireNonNull(work);
    resize(workers);
  }

  @Override
  public void submit(J job) {
    Objects.requireNonNull(job);
    synchronized (this) {
      requireOpen();
      Slot<J, R> slot = new Slot<>(job);
      jobs.add(slot);
      outcomes.add(slot);
      notify();
    }
  }

  @Override
  public Results<J, R> results() {
    return this::next;
  }

  @Override
  public void shutdown(Shutdown how) {
    Objects.requireNonNull(how);
    synchronized (this) {
      closed = true;
      if (how == Shutdown.NOW && !cancelled) {
        cancelled = true;
        cancelAll();
      }
      notifyAll();
    }
  }

  @Override
  public void resize(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("there must be at least 1 worker, but not " + count);
    }
    synchronized (this) {
      requireOpen();
      wanted = count;
      while (live < wanted) {
        hire();
      }
      notifyAll();
    }
  }

  @Override
  public List<WorkerStats> workerStats() {
    synchronized (this) {
      List<WorkerStats> stats = new ArrayList<>();
      for (Worker worker : workers) {
        stats.add(new WorkerStats(stats.size(), worker.done, worker.failed));
      }
      return stats;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the pool is shut down");
    }
  }

  private void hire() {
    Worker worker = new Worker();
    workers.add(worker);
    live++;
    worker.thread.start();
  }

  private void cancelAll() {
    for (Slot<J, R> slot : jobs) {
      slot.outcome = new Outcome.Cancelled<>(slot.job);
    }
    jobs.clear();
    for (Worker worker : workers) {
      if (worker.busy) {
        worker.thread.interrupt();
      }
    }
  }

  private Optional<Outcome<J, R>> next() throws InterruptedException {
    synchronized (this) {
      while (!headHasEnded()) {
        if (outcomes.isEmpty() && closed) {
          return Optional.empty();
        }
        wait();
      }
      return Optional.of(outcomes.remove().outcome);
    }
  }

  private boolean headHasEnded() {
    Slot<J, R> head = outcomes.peek();
    return head != null && head.outcome != null;
  }

  private static final class Slot<J, R> {

    final J job;
    Outcome<J, R> outcome;

    Slot(J job) {
      this.job = job;
    }
  }

  private final class Worker {

    final Thread thread = Thread.ofPlatform().name("worker-" + workers.size()).unstarted(this::run);
    boolean busy;
    long done;
    long failed;

    private void run() {
      Slot<J, R> slot = begin();
      while (slot != null) {
        end(slot, outcomeOf(slot.job));
        slot = begin();
      }
    }

    private Slot<J, R> begin() {
      synchronized (Solution.this) {
        while (jobs.isEmpty() && !closed && live <= wanted) {
          awaitChange();
        }
        if (jobs.isEmpty() || live > wanted) {
          live--;
          return null;
        }
        busy = true;
        return jobs.remove();
      }
    }

    private void awaitChange() {
      try {
        Solution.this.wait();
      } catch (InterruptedException e) {
        // Nobody means the worker by it.
      }
    }

    private Outcome<J, R> outcomeOf(J job) {
      try {
        return new Outcome.Done<>(job, work.run(job));
      } catch (Throwable e) {
        return new Outcome.Failed<>(job, e);
      }
    }

    private void end(Slot<J, R> slot, Outcome<J, R> outcome) {
      synchronized (Solution.this) {
        busy = false;
        Thread.interrupted();
        slot.outcome = outcome;
        switch (outcome) {
          case Outcome.Done<J, R> ended -> done++;
          case Outcome.Failed<J, R> ended -> failed++;
          case Outcome.Cancelled<J, R> ended -> throw new AssertionError(ended);
        }
        Solution.this.notifyAll();
      }
    }
  }
}
