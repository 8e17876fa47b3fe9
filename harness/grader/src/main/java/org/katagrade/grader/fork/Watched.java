package org.katagrade.grader.fork;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Anybody's program under the race detector. It has the grader's own input, output, environment and
 * folder; whoever ends the grader ends it, and it may say then what it found.
 */
public final class Watched {

  /** A program that is asked to end runs its shutdown hooks; this is for those that never do. */
  private static final long MOST_SECONDS = 10;

  private final Jvm jvm;
  private final Path directory;

  public Watched(Jvm jvm, Path directory) {
    this.jvm = jvm;
    this.directory = directory;
  }

  /**
   * Runs it to its end.
   *
   * @param options for the agent
   * @param arguments for {@code java}
   * @return its exit code
   */
  public int run(String options, List<String> arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(jvm.watched(options, arguments))
            .directory(directory.toFile())
            .inheritIO()
            .start();
    Thread end = Thread.ofPlatform().unstarted(() -> end(process));
    Runtime.getRuntime().addShutdownHook(end);
    try {
      return process.waitFor();
    } finally {
      if (!process.isAlive()) {
        forget(end);
      }
    }
  }

  private static void forget(Thread end) {
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      // The grader is ending already, and the hook finds nothing left to end.
      return;
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LiveChildren.kill(process);
  }
}
