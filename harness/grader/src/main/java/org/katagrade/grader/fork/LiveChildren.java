package org.katagrade.grader.fork;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Every process the grader has running, so that none outlives it: when the grader is interrupted,
 * they die with it, and their temporary folders go. Safe for use by many threads.
 */
final class LiveChildren {

  /** A killed process is gone at once; this is for a machine that has much to do. */
  private static final long MOST_SECONDS = 2;

  private static final Map<Process, Path> LIVE = new ConcurrentHashMap<>();

  static {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(LiveChildren::endAll));
  }

  private LiveChildren() {}

  static Process start(ProcessBuilder builder, Path temporary) throws IOException {
    Process process = builder.start();
    LIVE.put(process, temporary);
    return process;
  }

  static void ended(Process process) {
    LIVE.remove(process);
  }

  /** Kills a process and all it started. */
  static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void endAll() {
    LIVE.keySet().forEach(LiveChildren::kill);
    LIVE.forEach(
        (process, temporary) -> {
          try {
            process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          TemporaryFolder.delete(temporary);
        });
  }
}
