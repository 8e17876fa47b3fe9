package kata01;

/**
 * A number that many threads change and read at once.
 *
 * <p>{@code Solution} has the public constructors {@code Solution()}, a counter at 0, and {@code
 * Solution(long initial)}. Each counter counts for itself.
 *
 * <p>Safe for use by many threads: every call takes effect at one moment between its beginning and
 * its end, whichever thread makes it. So no change is lost, every result belongs to the call that
 * got it, and every read is current. No call waits for another for longer than that one's own work
 * takes, and none throws.
 *
 * <p>Beyond {@link Long#MAX_VALUE} a counter goes on at {@link Long#MIN_VALUE}, and the other way
 * round, as {@code long} does.
 */
public interface Counter {

  /**
   * Adds 1.
   *
   * @return the value that this call made
   */
  long increment();

  /**
   * Subtracts 1.
   *
   * @return the value that this call made
   */
  long decrement();

  /**
   * Adds a number, which may be negative or 0.
   *
   * @return the value that this call made
   */
  long add(long delta);

  /**
   * Sets the value if it is the expected one.
   *
   * @return whether it was; if not, nothing has changed
   */
  boolean compareAndSet(long expected, long next);

  /** The value now. */
  long value();
}
