package org.katagrade.grader.fork;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every process the grader has running, so that none outlives it: when the grader is interrupted,
 * they die with it. Safe for use by many threads.
 */
final class LiveChildren {

  private static final Set<Process> LIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> LIVE.forEach(LiveChildren::kill)));
  }

  private LiveChildren() {}

  static Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    LIVE.add(process);
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
}
