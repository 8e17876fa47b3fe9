package org.katagrade.checks;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time of a check: the run's own where schedules are explored, and else the system's.
 *
 * <p>In an explored run an hour passes at once, and only where somebody waits for it. So a check
 * can say there that a call takes its time and no more; in real time, on a machine at its limits,
 * nothing is known but that it took its time.
 */
public final class Clock {

  /** {@code Object.wait} and others count in milliseconds and round up. */
  private static final Duration ROUNDING = Duration.ofMillis(1);

  private Clock() {}

  /** Time since a moment that stays the same throughout the check. */
  public static Duration now() {
    return Duration.ofNanos(Surroundings.current().nanos());
  }

  /** How long this takes. */
  public static Duration elapsed(Crowd.Task task) throws Exception {
    Surroundings surroundings = Surroundings.current();
    long begun = surroundings.nanos();
    task.run();
    return Duration.ofNanos(surroundings.nanos() - begun);
  }

  /** Lets time pass for the calling thread: a moment that a check needs, not a state it awaits. */
  public static void sleep(Duration time) throws InterruptedException {
    Surroundings.current().sleep(TimeUnit.NANOSECONDS.convert(time));
  }

  /** Sleeps until {@link #now} is later than this. */
  public static void sleepPast(Duration moment) throws InterruptedException {
    sleep(moment.minus(now()).plusNanos(1));
  }

  /**
   * Fails if the call takes less than this time and, in an explored run, if it takes longer; less
   * than a millisecond is rounding. Returns what the call returned.
   *
   * <p>Time may pass while a thread could go on, and then takes it to the next moment that somebody
   * waits for. So nobody may wait for a moment later than the call's end while it lasts.
   *
   * @param what the call, for the failure message: "poll(PT1H)"
   */
  public static <T extends @Nullable Object> T mustTake(
      Duration time, String what, Callable<T> call) throws Exception {
    Surroundings surroundings = Surroundings.current();
    long begun = surroundings.nanos();
    T result = call.call();
    Duration took = Duration.ofNanos(surroundings.nanos() - begun);
    Duration least = time.isNegative() ? Duration.ZERO : time;
    if (took.compareTo(least) < 0) {
      throw new AssertionError(
          "expected %s to last %s, but it gave up after %s".formatted(what, least, took));
    }
    if (surroundings.isExplored() && took.minus(ROUNDING).compareTo(least) >= 0) {
      throw new AssertionError(
          "expected %s to last %s, but it gave up only after %s".formatted(what, least, took));
    }
    return result;
  }
}
