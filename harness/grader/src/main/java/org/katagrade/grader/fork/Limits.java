package org.katagrade.grader.fork;

import java.time.Duration;

/**
 * How far one check may go. Processor time is what counts; wall time is a far backstop for what
 * uses none, since on a busy machine it says nothing about a submission.
 *
 * <p>Memory is what the child has in use at any moment. The heap has a limit of the JVM's own far
 * below; this one is for what else there is, the stacks of threads above all, so that a submission
 * is stopped here and not by a system that has none left.
 *
 * @param cpu processor time for one check
 * @param wall wall time for one check
 * @param megabytes memory of the child
 */
public record Limits(Duration cpu, Duration wall, int megabytes) {

  private static final int MEGABYTES = 1024;

  /** For real threads. */
  public static final Limits PLAIN =
      new Limits(Duration.ofSeconds(10), Duration.ofMinutes(3), MEGABYTES);

  /** For Lincheck, which works hard by design. */
  public static final Limits MODEL =
      new Limits(Duration.ofSeconds(60), Duration.ofMinutes(10), MEGABYTES);
}
