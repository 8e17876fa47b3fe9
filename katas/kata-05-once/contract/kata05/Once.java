package kata05;

import java.util.function.Supplier;

/**
 * Something that happens once, whoever asks for it and however many ask at the same time; and a
 * maker of values that are computed once.
 *
 * <p>Safe for use by many threads. Different objects have nothing to do with each other: their
 * actions may run at the same time, and one's action may use another.
 *
 * <p>An implementation is called {@code Solution} and has the public constructor {@code
 * Solution()}.
 */
public interface Once {

  /**
   * Runs the action if nothing has been run here before, and returns when what was run has
   * finished.
   *
   * <p>The first caller runs its action in its own thread. Whoever calls meanwhile waits until that
   * has finished, and whoever calls later returns at once without taking a lock; their actions are
   * not run, now or ever. Every caller sees all that the action did.
   *
   * <p>An action that throws has been run: the first caller, all who waited and all who call later
   * are thrown that very {@link RuntimeException} or {@link Error}, the same object.
   *
   * <p>An interrupt does not end the wait; whoever was interrupted before or meanwhile still is
   * when this method returns.
   *
   * @throws NullPointerException if the action is null, always; that does not count as a run
   * @throws IllegalStateException if called by the action that is being run here, in its own
   *     thread, which would have to wait for itself. The action may catch it; otherwise it is what
   *     the action has thrown
   */
  void run(Runnable action);

  /**
   * A new value that is computed when first asked for. It is independent of {@link #run} and of the
   * other values made here: each has a run of its own.
   *
   * @throws NullPointerException if the supplier is null, at once
   */
  <T> Lazy<T> lazy(Supplier<? extends T> supplier);
}
