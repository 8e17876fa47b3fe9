package org.katagrade.agent.explore;

/** The time of a run: it stands still, except when it is moved to a moment that somebody awaits. */
final class VirtualTime {

  /** What {@link System#nanoTime} says when a run begins. Clear of 0, which some take for never. */
  private static final long NANOS = 1_000_000_000_000L;

  /** What {@link System#currentTimeMillis} says when a run begins: 2025-01-01T00:00:00Z. */
  private static final long MILLIS = 1_735_689_600_000L;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private long now;

  void begin() {
    now = 0;
  }

  /** Nanoseconds since the run began. */
  long nanos() {
    return now;
  }

  /** The moment that comes after so many nanoseconds. */
  long in(long nanos) {
    long moment = now + Math.max(0, nanos);
    return moment < 0 ? Strand.NEVER - 1 : moment;
  }

  /** As {@link System#nanoTime}. */
  long nanoTime() {
    return NANOS + now;
  }

  /** As {@link System#currentTimeMillis}. */
  long currentTimeMillis() {
    return MILLIS + now / NANOS_PER_MILLI;
  }

  /** How long it is until a moment in milliseconds since 1970. */
  long until(long millis) {
    return (millis - MILLIS) * NANOS_PER_MILLI - now;
  }

  void moveTo(long moment) {
    now = Math.max(now, moment);
  }
}
