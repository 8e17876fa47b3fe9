package org.katagrade.grader.fork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory a process has in use, where there is a {@code /proc} to tell it. */
final class Memory {

  /** As proc(5) has it: what is in memory of the process, and what was swapped out. */
  private static final Pattern PART =
      Pattern.compile("^Vm(?:RSS|Swap):\\s+(\\d+) kB$", Pattern.MULTILINE);

  private Memory() {}

  /** In MB; zero if the system does not tell, or the process has ended. */
  static long megabytes(long process) {
    try {
      Matcher parts = PART.matcher(Files.readString(Path.of("/proc", process + "", "status")));
      return parts.results().mapToLong(part -> Long.parseLong(part.group(1))).sum() >> 10;
    } catch (IOException e) {
      return 0;
    }
  }
}
