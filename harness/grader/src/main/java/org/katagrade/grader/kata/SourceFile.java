package org.katagrade.grader.kata;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java source, read.
 *
 * @param file where it is on disk
 * @param path its path below the source folder, with forward slashes
 */
public record SourceFile(Path file, String path, String text) {

  private static final Pattern PACKAGE =
      Pattern.compile("^\\s*package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);

  /** The package that it says it is in; empty if it says none. */
  public String packageName() {
    Matcher declared = PACKAGE.matcher(text);
    return declared.find() ? declared.group(1) : "";
  }

  /** The line that says so, from 1; zero if there is none. */
  public long packageLine() {
    Matcher declared = PACKAGE.matcher(text);
    return declared.find() ? text.substring(0, declared.end(1)).lines().count() : 0;
  }

  /** The name of the file alone. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The text of a line, from 1; empty if there is no such line. */
  public String line(long number) {
    return text.lines()
        .skip(Math.max(0, number - 1))
        .findFirst()
        .filter(l -> number > 0)
        .orElse("");
  }
}
