package org.katagrade.checks.standstill;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's own view of this process's threads.
 *
 * <p>A thread that was woken but has not run yet looks to Java as if it still waited; to the system
 * it is runnable. On a busy machine that can last for hundreds of milliseconds. Linux tells, in
 * {@code /proc/stat} of the whole machine and in {@code /proc/self/task} of each thread (proc(5)).
 *
 * <p>Files are kept open, since to open one takes the system ten times as long as to read it again,
 * and are not channels, which an interrupt of the observer would close.
 */
final class RunQueue {

  private static final File MACHINE = new File("/proc/stat");
  private static final File TASKS = new File("/proc/self/task");

  private static final boolean VISIBLE = new File(TASKS.getParentFile(), "stat").canRead();

  /** Of more threads than that the files are opened anew each time. */
  private static final int MOST_OPEN = 500;

  private static final RunQueue QUEUE = new RunQueue();

  private final Map<String, RandomAccessFile> open = new HashMap<>();
  private final byte[] buffer = new byte[1 << 16];
  private @Nullable RandomAccessFile machine;

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
    synchronized (QUEUE) {
      return QUEUE.isNobodyOnTheMachineRunnable() || QUEUE.runnable() <= 1;
    }
  }

  /** Whether it is so for all processes, which is told at once. */
  private boolean isNobodyOnTheMachineRunnable() {
    try {
      RandomAccessFile file = machine;
      if (file == null) {
        file = new RandomAccessFile(MACHINE, "r");
        machine = file;
      }
      String text = read(file);
      return text.contains("\nprocs_running 1\n") && text.contains("\nprocs_blocked 0\n");
    } catch (IOException e) {
      return false;
    }
  }

  private int runnable() {
    String[] tasks = TASKS.list();
    if (tasks == null) {
      return Integer.MAX_VALUE;
    }
    closeAllBut(Set.of(tasks));
    int runnable = 0;
    for (String task : tasks) {
      runnable += isRunnable(task) ? 1 : 0;
    }
    return runnable;
  }

  private void closeAllBut(Set<String> tasks) {
    open.entrySet()
        .removeIf(
            entry -> {
              boolean ended = !tasks.contains(entry.getKey());
              if (ended) {
                close(entry.getValue());
              }
              return ended;
            });
  }

  private boolean isRunnable(String task) {
    RandomAccessFile known = open.get(task);
    if (known != null) {
      try {
        return isRunnableBy(read(known));
      } catch (IOException e) {
        // It has ended, and another one may have its number.
        open.remove(task);
        close(known);
      }
    }
    try {
      RandomAccessFile file = new RandomAccessFile(TASKS + "/" + task + "/stat", "r");
      if (open.size() < MOST_OPEN) {
        open.put(task, file);
        return isRunnableBy(read(file));
      }
      try (file) {
        return isRunnableBy(read(file));
      }
    } catch (IOException e) {
      return false; // it has ended
    }
  }

  private static boolean isRunnableBy(String stat) {
    // The name before the state is in parentheses and may hold any character.
    int end = stat.lastIndexOf(')');
    char state = stat.charAt(end + 2);
    return (state == 'R' || state == 'D') && !isCompiler(stat, stat.indexOf('(') + 1);
  }

  private static boolean isCompiler(String stat, int name) {
    return stat.startsWith("C1 CompilerThre", name) || stat.startsWith("C2 CompilerThre", name);
  }

  private String read(RandomAccessFile file) throws IOException {
    file.seek(0);
    int length = file.read(buffer);
    if (length <= 0) {
      throw new IOException("nothing to read");
    }
    return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static void close(RandomAccessFile file) {
    try {
      file.close();
    } catch (IOException e) {
      // Nothing was written to it.
    }
  }
}
