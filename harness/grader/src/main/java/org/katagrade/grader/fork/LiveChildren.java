package org.katagrade.grader.fork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Every process the grader has running, each with a temporary folder, so that none outlives it:
 * when the grader is interrupted, they die with it, and their folders go. Safe for use by many
 * threads.
 */
final class LiveChildren {

  /** A killed process is gone at once; this is for a machine that has much to do. */
  private static final long MOST_SECONDS = 2;

  private static final Map<Process, Path> LIVE = new ConcurrentHashMap<>();

  /** Taken for good when the grader ends: no lane starts another child then. */
  private static final ReentrantLock GOING_ON = new ReentrantLock();

  static {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(LiveChildren::endAll));
  }

  private LiveChildren() {}

  /**
   * Starts a process in a temporary folder of its own.
   *
   * @param command its command line, given that folder
   */
  static Process start(Function<Path, List<String>> command) throws IOException {
    GOING_ON.lock();
    try {
      Path temporary = Files.createTempDirectory("kata");
      try {
        ProcessBuilder builder = new ProcessBuilder(command.apply(temporary));
        builder.directory(temporary.toFile());
        builder.environment().clear();
        // By which a JVM reads the paths on its command line; elsewhere than on Unix it says
        // nothing.
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        LIVE.put(process, temporary);
        return process;
      } catch (IOException | RuntimeException e) {
        TemporaryFolder.delete(temporary);
        throw e;
      }
    } finally {
      GOING_ON.unlock();
    }
  }

  /** Kills a process and all it started, and removes its folder. */
  static void end(Process process) {
    kill(process);
    GOING_ON.lock();
    try {
      Path temporary = LIVE.remove(process);
      if (temporary != null) {
        TemporaryFolder.delete(temporary);
      }
    } finally {
      GOING_ON.unlock();
    }
  }

  static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void endAll() {
    GOING_ON.lock();
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
