package org.katagrade.grader.fork;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps a child on one processor, where the system has {@code taskset}.
 *
 * <p>The threads of a Lincheck run hand over to each other, so that a second processor only costs.
 */
final class Pinning {

  private static final List<Path> TASKSET =
      List.of(Path.of("/usr/bin/taskset"), Path.of("/bin/taskset"));

  private Pinning() {}

  /** What to put before a command so that it runs on this processor; may be nothing. */
  static List<String> to(int processor) {
    return TASKSET.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(tool -> List.of(tool.toString(), "-c", String.valueOf(processor)))
        .orElse(List.of());
  }
}
