package org.katagrade.grader.fork;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a child on one processor, where the system has {@code taskset}.
 *
 * <p>The threads of a Lincheck run hand over to each other, so that a second processor only costs.
 * The JVM's compiler works beside them and is let go again: a quarter of a short run is its.
 */
final class Pinning {

  private static final String ALLOWED = "Cpus_allowed_list:";

  private static final Optional<Path> TASKSET =
      List.of(Path.of("/usr/bin/taskset"), Path.of("/bin/taskset")).stream()
          .filter(Files::isExecutable)
          .findFirst();

  /** The processors this process may use, as the system writes a set of them; empty if unknown. */
  private static final String PROCESSORS = TASKSET.isPresent() ? read() : "";

  private Pinning() {}

  /** What to put before a command so that it runs on one processor; may be nothing. */
  static List<String> toOne(int turn) {
    List<Integer> processors = numbers(PROCESSORS);
    if (TASKSET.isEmpty() || processors.isEmpty()) {
      return List.of();
    }
    int processor = processors.get(Math.floorMod(turn, processors.size()));
    return List.of(TASKSET.get().toString(), "-c", String.valueOf(processor));
  }

  /** Lets the compiler threads of a pinned child use every processor again. */
  static void releaseCompilers(long pid) {
    if (TASKSET.isEmpty() || PROCESSORS.isEmpty()) {
      return;
    }
    try (DirectoryStream<Path> tasks =
        Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "task"))) {
      for (Path task : tasks) {
        if (Files.readString(task.resolve("comm")).startsWith("C1 Compiler")) {
          new ProcessBuilder(
                  TASKSET.get().toString(), "-cp", PROCESSORS, task.getFileName().toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It stays where it is, which costs time and nothing else.
    }
  }

  private static String read() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(ALLOWED))
          .map(line -> line.substring(ALLOWED.length()).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  /** The members of a set such as {@code 0-3,8}. */
  static List<Integer> numbers(String set) {
    List<Integer> numbers = new ArrayList<>();
    for (String range : set.isEmpty() ? new String[0] : set.split(",")) {
      String[] ends = range.split("-");
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int number = Integer.parseInt(ends[0]); number <= last; number++) {
        numbers.add(number);
      }
    }
    return numbers;
  }
}
