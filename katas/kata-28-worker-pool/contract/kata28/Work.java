package kata28;

/**
 * What the workers of a pool do with a job. Safe for use by many threads.
 *
 * @param <J> the jobs
 * @param <R> what comes of them
 */
@FunctionalInterface
public interface Work<J, R> {

  /**
   * Does one job. May take as long as it likes, and may throw anything; may leave the interrupt of
   * its thread set.
   *
   * @return what came of it, which may be null
   */
  R run(J job) throws Exception;
}
