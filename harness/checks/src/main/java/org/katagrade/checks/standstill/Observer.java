package org.katagrade.checks.standstill;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Standstill;

/**
 * Looks at all threads again and again until it is sure that none of them can go on.
 *
 * <p>Sure means: every thread of the check is blocked or waits without a time limit, the operating
 * system has no thread of this process to run, and nothing about them changed over {@value
 * #QUIET_LOOKS} looks. So a busy machine delays the answer and does not change it. Where the system
 * does not tell which threads it has to run, a thread of our own is woken before every look and
 * must have run, and the looks must be {@value #BLIND_LOOKS}. Waits with a time limit end by
 * themselves and are given {@value #TIMED_LOOKS} looks.
 *
 * <p>Two equal looks with a look at the system's run queue between them are a snapshot already: the
 * processor time of a thread that ran meanwhile would have changed (the double collect of Afek et
 * al., JACM 1993). A glimpse is content with that.
 *
 * <p>Not safe for use by several threads at once; the thread that looks is not looked at.
 *
 * <p>What it cannot see: wake-ups from outside this JVM, such as a socket. A thread in native code
 * counts as running.
 */
public final class Observer {

  private static final int QUIET_LOOKS = 15;
  private static final int BLIND_LOOKS = 100;
  private static final int TIMED_LOOKS = 500;
  private static final int GLIMPSE_LOOKS = 2;
  private static final int BLIND_GLIMPSE_LOOKS = 5;
  private static final int TIMED_GLIMPSE_LOOKS = 5;

  /**
   * Some 50 ms: where a virtual processor is taken away, a thread that sleeps for one has been seen
   * to wake ten later.
   */
  private static final int POLLING_GLIMPSE_LOOKS = 25;

  private static final long SHORTEST_PAUSE_NANOS = 100_000;
  private static final long LONGEST_PAUSE_NANOS = 2_000_000;

  private final int quietLooks;
  private final int timedLooks;
  private List<Long> before = List.of();
  private int quiet;
  private boolean timed;
  private long quietSince = System.nanoTime();
  private long pause = SHORTEST_PAUSE_NANOS;

  private Observer(int quietLooks, int timedLooks) {
    this.quietLooks = quietLooks;
    this.timedLooks = timedLooks;
  }

  /** Begins with nothing seen; the answer may be made a verdict of. */
  public static Observer begin() {
    return new Observer(RunQueue.isVisible() ? QUIET_LOOKS : BLIND_LOOKS, TIMED_LOOKS);
  }

  /** Begins an observation that is soon content, for waiting until threads have settled. */
  public static Observer glimpse() {
    return new Observer(
        RunQueue.isVisible() ? GLIMPSE_LOOKS : BLIND_GLIMPSE_LOOKS, TIMED_GLIMPSE_LOOKS);
  }

  /**
   * The same, of threads of which it matters whether they wait for a time or wake by themselves
   * again and again.
   */
  public static Observer glimpseOfPolling() {
    return new Observer(
        RunQueue.isVisible() ? GLIMPSE_LOOKS : BLIND_GLIMPSE_LOOKS, POLLING_GLIMPSE_LOOKS);
  }

  /** Has one look; true once it is sure that nobody can go on. */
  public boolean isStill() throws InterruptedException {
    if (!RunQueue.isVisible()) {
      Pulse.shared().beat();
    }
    Glance glance = Glance.of(Thread.currentThread());
    timed = glance.somebodyIsTimed();
    if (glance.somebodyRuns() || !glance.fingerprint().equals(before)) {
      before = glance.fingerprint();
      unsettle();
      return false;
    }
    if (RunQueue.isVisible() && !RunQueue.isEmpty()) {
      // If it is one of the check's, the next look sees that it has moved; if it is another
      // observer, nothing is to begin anew for it.
      return false;
    }
    quiet++;
    return quiet >= (timed ? timedLooks : quietLooks) && VirtualThreads.noneRunnable();
  }

  /** Has one look; returns what was seen once it is sure that nobody can go on, else null. */
  public @Nullable Standstill look() throws InterruptedException {
    if (!isStill()) {
      return null;
    }
    long millis = (System.nanoTime() - quietSince) / 1_000_000;
    Standstill standstill = ThreadDump.take(Thread.currentThread(), millis);
    if (!Glance.of(Thread.currentThread()).fingerprint().equals(before)) {
      unsettle();
      return null;
    }
    return standstill;
  }

  /** Waits until another look is worth having: briefly at first, longer while nobody settles. */
  public void pause() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(timed ? LONGEST_PAUSE_NANOS : pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
  }

  private void unsettle() {
    quiet = 0;
    quietSince = System.nanoTime();
  }
}
