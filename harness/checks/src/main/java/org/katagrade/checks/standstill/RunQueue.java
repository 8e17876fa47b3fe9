package org.katagrade.checks.standstill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The operating system's own view of this process's threads.
 *
 * <p>A thread that was woken but has not run yet looks to Java as if it still waited; to the system
 * it is runnable. On a busy machine that can last for hundreds of milliseconds. Linux tells, in
 * {@code /proc/self/task} (proc(5)).
 */
final class RunQueue {

  private static final Path TASKS = Path.of("/proc/self/task");

  private static final boolean VISIBLE = Files.isReadable(TASKS.resolve("..").resolve("stat"));

  private RunQueue() {}

  /** Whether this system tells. */
  static boolean isVisible() {
    return VISIBLE;
  }

  /**
   * Whether no thread but the one that asks could use a processor now. Those that compile do not
   * count: they wake nobody, and in a young JVM they hardly rest.
   */
  static boolean isEmpty() {
    int runnable = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        runnable += isRunnable(task) ? 1 : 0;
      }
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
    return runnable <= 1;
  }

  private static boolean isRunnable(Path task) {
    try {
      String stat = Files.readString(task.resolve("stat"), StandardCharsets.ISO_8859_1);
      // The name before the state is in parentheses and may hold any character.
      int end = stat.lastIndexOf(')');
      char state = stat.charAt(end + 2);
      return (state == 'R' || state == 'D') && !isCompiler(stat, stat.indexOf('(') + 1);
    } catch (IOException e) {
      return false; // it has ended
    }
  }

  private static boolean isCompiler(String stat, int name) {
    return stat.startsWith("C1 CompilerThre", name) || stat.startsWith("C2 CompilerThre", name);
  }
}
