package org.katagrade.grader.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.katagrade.grader.kata.UsageException;

/** A folder to be filled: it does not exist yet, or is empty, so that nothing is overwritten. */
record NewFolder(Path path) {

  NewFolder {
    if (Files.exists(path) && !isEmptyFolder(path)) {
      throw new UsageException(path + " is there already and not empty; nothing was written");
    }
  }

  private static boolean isEmptyFolder(Path path) {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new UsageException(path + " cannot be read: " + CommandLineInterface.words(e));
    }
  }
}
