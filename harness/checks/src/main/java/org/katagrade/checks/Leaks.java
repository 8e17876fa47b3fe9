package org.katagrade.checks;

import java.util.Collection;
import java.util.List;
import org.katagrade.checks.evidence.Leak;
import org.katagrade.checks.evidence.LeakedThread;

/**
 * Watches which threads are started, platform and virtual, and fails when it is closed and some of
 * them will not end.
 *
 * <p>A thread that is still working when the watch is closed is waited for. A leak is a thread that
 * waits for something that will not come, or whose wait ends only by its own long timeout.
 */
public final class Leaks implements AutoCloseable {

  private final Surroundings.ThreadWatch threads = Surroundings.current().watchThreads();

  private Leaks() {}

  /** Begins to watch. */
  public static Leaks watch() {
    return new Leaks();
  }

  /**
   * Fails as Leak unless there is nothing left of these.
   *
   * @param what what they are, in the plural: "connections still open"
   */
  public static void noneLeft(String what, Collection<?> left) {
    if (!left.isEmpty()) {
      throw new LeakError(
          new Leak(
              "expected nothing to be left behind, but found %s: %d".formatted(what, left.size()),
              List.of(),
              left.stream().map(String::valueOf).toList()));
    }
  }

  /** Fails as Leak unless the count of what was given back is the count of what was handed out. */
  public static void allReturned(String what, long expected, long actual) {
    if (expected != actual) {
      throw new LeakError(
          new Leak(
              "expected all %s after everything was given back, %d, but found %d"
                  .formatted(what, expected, actual),
              List.of(),
              List.of()));
    }
  }

  /** Waits until every thread started since has ended; fails as Leak if some will not. */
  @Override
  public void close() {
    try {
      List<LeakedThread> leaked = threads.left();
      if (!leaked.isEmpty()) {
        throw new LeakError(
            new Leak(
                "expected every thread to have ended, but %d had not".formatted(leaked.size()),
                leaked,
                List.of()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
