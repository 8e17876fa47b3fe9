package org.katagrade.checks;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A proof that threads can be somewhere at the same time: each waits inside until all have come.
 *
 * <p>Needs no clock. If nobody else can come, because the submission keeps them apart, the meeting
 * fails with what it was for, and so does the check, as Wrong.
 *
 * <p>Safe for use by many threads.
 */
public final class Meeting {

  private final Surroundings surroundings = Surroundings.current();
  private final int size;
  private final String purpose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int present;
  private @Nullable AssertionError missed;

  private Meeting(int size, String purpose) {
    this.size = size;
    this.purpose = purpose;
  }

  /**
   * A meeting of so many threads.
   *
   * @param purpose what must be possible at once, for the failure message: "two transfers between
   *     disjoint accounts"
   */
  public static Meeting of(int size, String purpose) {
    return new Meeting(size, purpose);
  }

  /** Waits until all have come; fails if they cannot. An interrupt ends the wait and stays set. */
  public void attend() {
    lock.lock();
    try {
      present++;
      changed.signalAll();
      if (present < size && missed == null) {
        awaitOthers();
      }
      if (missed != null) {
        throw missed;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void awaitOthers() throws InterruptedException {
    try (var ignored = surroundings.hold(purpose)) {
      surroundings.scene().add(this);
      while (present < size && missed == null) {
        changed.await();
      }
    } finally {
      surroundings.scene().remove(this);
    }
  }

  /** Whether all have met. */
  public boolean happened() {
    lock.lock();
    try {
      return missed == null && present >= size;
    } finally {
      lock.unlock();
    }
  }

  /** Fails unless all have met; for submissions that swallow what a callback throws. */
  public void mustHaveHappened() {
    lock.lock();
    try {
      // Once it was given up, those who come later meet nobody.
      if (missed != null) {
        throw missed;
      }
      if (present < size) {
        throw absence();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends it if it still waits, since nobody can come; returns whether it did. */
  boolean giveUp() {
    lock.lock();
    try {
      if (present >= size || missed != null) {
        return false;
      }
      missed = absence();
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private AssertionError absence() {
    return new AssertionError(
        "expected %s to happen at the same time, but only %d of %d could be there: the others were kept out"
            .formatted(purpose, present, size));
  }
}
