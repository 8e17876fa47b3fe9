package org.katagrade.checks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A place in a callback where a check holds threads until it has arranged the bad moment.
 *
 * <p>Give the submission a callback that calls {@link #pass}; wait with {@link #awaitArrivals}
 * until threads stand there, act, then {@link #open}. While a thread stands at a gate, a check that
 * finds nobody able to go on fails as Wrong, not as Deadlock: the check itself is in the way.
 *
 * <p>Safe for use by many threads.
 */
public final class Gate implements AutoCloseable {

  private final Surroundings surroundings = Surroundings.current();
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private final Condition arrived = lock.newCondition();
  private int arrivals;
  private boolean open;

  private Gate(String name) {
    this.name = name;
  }

  /**
   * A closed gate.
   *
   * @param name where it stands, for failure messages: "the action of the first run"
   */
  public static Gate at(String name) {
    return new Gate(name);
  }

  /** Waits until the gate is open. An interrupt ends the wait too and stays set. */
  public void pass() {
    try {
      passInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the gate is open. */
  public void passInterruptibly() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      arrivals++;
      arrived.signalAll();
      surroundings.changed();
      if (!open) {
        standHere();
      }
    } finally {
      lock.unlock();
    }
  }

  private void standHere() throws InterruptedException {
    try (var ignored = surroundings.hold(name)) {
      while (!open) {
        opened.await();
      }
    }
  }

  /** Waits until this many threads in all have come to the gate; fails if no more can come. */
  public Gate awaitArrivals(int count) throws InterruptedException {
    Surroundings.Impasse impasse = surroundings.await(new Arrivals(count));
    if (impasse != null) {
      surroundings.scene().rethrowFailure();
      throw new AssertionError(
          "expected %s to reach %s, but %s did%s"
              .formatted(
                  count == 1 ? "a thread" : count + " threads",
                  name,
                  arrivals() == 0 ? "none" : "only " + arrivals(),
                  impasse.because()));
    }
    return this;
  }

  /** How many threads have come to the gate so far. */
  public int arrivals() {
    lock.lock();
    try {
      return arrivals;
    } finally {
      lock.unlock();
    }
  }

  /** Lets everybody through, now and later. */
  public void open() {
    lock.lock();
    try {
      open = true;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Opens the gate, so that a check that fails leaves nobody standing. */
  @Override
  public void close() {
    open();
  }

  /** So many arrivals; that they cannot come is said in words of the gate's. */
  private final class Arrivals implements Surroundings.Awaited {

    private final int count;

    private Arrivals(int count) {
      this.count = count;
    }

    @Override
    public boolean hasCome() {
      return arrivals() >= count;
    }

    @Override
    public boolean pause(long millis) throws InterruptedException {
      lock.lock();
      try {
        return arrivals >= count || arrived.await(millis, TimeUnit.MILLISECONDS);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean isToBeToldOf() {
      return true;
    }
  }
}
