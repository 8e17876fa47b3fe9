package kata28;

import java.util.List;

/**
 * A fixed number of workers, each a thread of its own, that do all jobs with the same work.
 *
 * <p>{@code Solution} has the public constructor {@code Solution(int workers, Work<J, R> work)}. It
 * throws {@link IllegalArgumentException} if {@code workers} is less than 1 and {@link
 * NullPointerException} if there is no work.
 *
 * <p>As many jobs as there are workers are done at the same time, and never more. Every job that
 * was accepted has exactly one {@link Outcome}, whatever happens. A job that throws, be it an
 * exception or an error, or that leaves its thread's interrupt set, harms no other job: the worker
 * goes on with the next one, and with the interrupt clear.
 *
 * <p>Outcomes are kept until they are taken; workers never wait for somebody to take them. After a
 * shutdown all threads of the pool end as soon as the last job has ended.
 *
 * <p>Safe for use by many threads, those of the workers included: a job may call every method.
 *
 * @param <J> the jobs
 * @param <R> what comes of them
 */
public interface WorkerPool<J, R> {

  /**
   * Accepts a job, which is begun after all jobs that were accepted earlier. Never waits, however
   * many jobs there are.
   *
   * @throws IllegalStateException if the pool is shut down; the job is not accepted then
   * @throws NullPointerException if the job is null
   */
  void submit(J job);

  /** Where the outcomes come out; the same line of outcomes at every call. */
  Results<J, R> results();

  /**
   * Ends the pool, without waiting until it has ended. From the moment in which this returns no job
   * is accepted any more, and outcomes end with that of the last job accepted before.
   *
   * <p>With {@link Shutdown#NOW} the outcome of a job that has not begun is {@link
   * Outcome.Cancelled}; the outcome of a job that is interrupted is what its work makes of that. A
   * pool that drains can still be shut down now. Every other repetition does nothing.
   *
   * @throws NullPointerException if it is not said how
   */
  void shutdown(Shutdown how);

  /**
   * Changes the number of workers; a stretch, worth bonus points. New workers begin at once with
   * the jobs that wait. Workers too many end, undisturbed, when their present job has ended, and at
   * once if they have none.
   *
   * @throws IllegalArgumentException if {@code workers} is less than 1
   * @throws IllegalStateException if the pool is shut down
   * @throws UnsupportedOperationException if the stretch is left out
   */
  void resize(int workers);

  /**
   * What each worker has done so far, by number, those that have ended included; a stretch, worth
   * bonus points. A job is counted before its outcome can be taken. The list is the caller's own.
   *
   * @throws UnsupportedOperationException if the stretch is left out
   */
  List<WorkerStats> workerStats();
}
