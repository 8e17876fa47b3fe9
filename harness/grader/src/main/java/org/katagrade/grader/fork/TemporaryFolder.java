package org.katagrade.grader.fork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder a child may write to. */
final class TemporaryFolder {

  private TemporaryFolder() {}

  /** Removes it with all that is in it; links in it are removed and not followed. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // Left to the system, which clears its temporary folder.
    }
  }
}
