package kata28;

/**
 * How one job ended.
 *
 * @param <J> the jobs
 * @param <R> what comes of them
 */
public sealed interface Outcome<J, R> {

  /** The job, as it was submitted. */
  J job();

  /**
   * The work returned.
   *
   * @param value what it returned, which may be null
   */
  record Done<J, R>(J job, R value) implements Outcome<J, R> {}

  /**
   * The work threw.
   *
   * @param cause what it threw, itself and not wrapped
   */
  record Failed<J, R>(J job, Throwable cause) implements Outcome<J, R> {}

  /** The work never began, since the pool was shut down before. */
  record Cancelled<J, R>(J job) implements Outcome<J, R> {}
}
