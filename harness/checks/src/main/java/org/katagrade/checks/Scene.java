package org.katagrade.checks;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;

/** What the vocabulary keeps in one world: who takes part, and what has been numbered. */
final class Scene {

  // Both are gone through in the order of their arrival, the same in every run.
  private final Set<Crowd<?>> crowds = new CopyOnWriteArraySet<>();
  private final Set<Meeting> meetings = new CopyOnWriteArraySet<>();
  private final AtomicInteger crowdNumbers = new AtomicInteger();
  private final AtomicInteger finishes = new AtomicInteger();

  /** Adds a crowd, which is open until it is removed; returns its number, from 1. */
  int add(Crowd<?> crowd) {
    crowds.add(crowd);
    return crowdNumbers.incrementAndGet();
  }

  void remove(Crowd<?> crowd) {
    crowds.remove(crowd);
  }

  void add(Meeting meeting) {
    meetings.add(meeting);
  }

  void remove(Meeting meeting) {
    meetings.remove(meeting);
  }

  /** The number of an end among all ends, from 1. */
  int nextFinish() {
    return finishes.incrementAndGet();
  }

  /** Rethrows what failed in a crowd that is still open: it is why the check waits in vain. */
  void rethrowFailure() {
    crowds.forEach(Crowd::rethrowFailures);
  }

  /** Ends every meeting that still waits, since nobody can come; returns whether there was one. */
  boolean giveUpMeetings() {
    boolean any = false;
    for (Meeting meeting : meetings) {
      any |= meeting.giveUp();
    }
    return any;
  }
}
