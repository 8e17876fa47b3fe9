package kata05;

/**
 * A value that is computed once, when it is first asked for.
 *
 * <p>Safe for use by many threads.
 *
 * @param <T> what it is
 */
public interface Lazy<T> {

  /**
   * The value. The first caller computes it; whoever calls meanwhile waits for that, and whoever
   * calls later is given the same object at once, without a lock being taken. Null is a value like
   * any other.
   *
   * <p>If the supplier threw, every caller is thrown that very {@link RuntimeException} or {@link
   * Error}, and the supplier is not called again. Interrupts are treated as by {@link Once#run}.
   *
   * @throws IllegalStateException if called by the supplier while it computes this very value
   */
  T get();
}
