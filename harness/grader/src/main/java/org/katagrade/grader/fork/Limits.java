package org.katagrade.grader.fork;

import java.time.Duration;

/**
 * How far one check may go. Processor time is what counts; wall time is a far backstop for what
 * uses none, since on a busy machine it says nothing about a submission.
 *
 * @param cpu processor time for one check
 * @param wall wall time for one check
 */
public record Limits(Duration cpu, Duration wall) {

  /** For real threads. */
  public static final Limits PLAIN = new Limits(Duration.ofSeconds(10), Duration.ofMinutes(3));

  /** For Lincheck, which works hard by design. */
  public static final Limits MODEL = new Limits(Duration.ofSeconds(60), Duration.ofMinutes(10));
}
