package kata28;

import java.util.Optional;

/**
 * Where the outcomes of a pool come out, in the order in which the jobs were submitted.
 *
 * <p>Safe for use by many threads: each outcome goes to one of them, and no outcome is handed out
 * before those of all jobs that were submitted earlier.
 *
 * @param <J> the jobs
 * @param <R> what comes of them
 */
@FunctionalInterface
public interface Results<J, R> {

  /**
   * Takes the next outcome, waiting for it as long as it takes.
   *
   * @return the outcome; empty once the pool is shut down and the outcomes of all its jobs have
   *     been taken, from then on for every caller
   * @throws InterruptedException if the caller is interrupted while it waits; no outcome is lost
   *     then
   */
  Optional<Outcome<J, R>> next() throws InterruptedException;
}
