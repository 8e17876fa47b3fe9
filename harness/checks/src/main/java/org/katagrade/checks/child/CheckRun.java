package org.katagrade.checks.child;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.Patience;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.checks.standstill.Observer;
import org.katagrade.checks.standstill.Threads;

/** Runs one check in a thread of its own and waits until it ends or nobody can go on. */
final class CheckRun {

  /** A thread that is interrupted ends soon or, if it spins, never; a fresh child is cheap. */
  private static final int MOST_LOOKS = 50;

  private final KataClassLoader loader;
  private final CheckCall call;
  private final Outcomes outcomes;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Outcome outcome;

  CheckRun(KataClassLoader loader, String checksType, String check, Set<String> theirs) {
    this.loader = loader;
    this.call = new CheckCall(loader, checksType, check);
    this.outcomes = new Outcomes(theirs, checksType);
  }

  /** Runs it; what the check's thread does after nobody could go on is no longer of interest. */
  Outcome run() throws InterruptedException {
    Thread thread = Thread.ofPlatform().daemon().name("check").unstarted(this::make);
    thread.setContextClassLoader(loader);
    thread.start();
    Patience patience = Patience.begin();
    while (!ended.await(Patience.GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
      if (patience.exhausted() && outcome == null) {
        return outcomes.of(
            patience.error("expected every call of the check to return, but nobody could go on"),
            thread.getName(),
            loader.submissionTouched());
      }
    }
    thread.join();
    Outcome result = outcome;
    return result == null ? new Outcome.Faulty("the check ended without an outcome") : result;
  }

  /** Whether threads are left, after those that were interrupted had a moment to end. */
  static boolean threadsLeft() throws InterruptedException {
    Observer observer = Observer.glimpse();
    for (int look = 0; look < MOST_LOOKS && !Threads.participants().isEmpty(); look++) {
      if (observer.isStill()) {
        return true;
      }
      observer.pause();
    }
    return !Threads.participants().isEmpty();
  }

  private void make() {
    try {
      call.make();
      outcome = new Outcome.Passed();
    } catch (Throwable e) {
      outcome = outcomes.of(e, Thread.currentThread().getName(), loader.submissionTouched());
    } finally {
      ended.countDown();
    }
  }
}
