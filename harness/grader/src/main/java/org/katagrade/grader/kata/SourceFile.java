package org.katagrade.grader.kata;

import java.nio.file.Path;

/**
 * A Java source, read.
 *
 * @param file where it is on disk
 * @param path its path below the source folder, with forward slashes
 */
public record SourceFile(Path file, String path, String text) {

  /** The text of a line, from 1; empty if there is no such line. */
  public String line(long number) {
    return text.lines()
        .skip(Math.max(0, number - 1))
        .findFirst()
        .filter(l -> number > 0)
        .orElse("");
  }
}
