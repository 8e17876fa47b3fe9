package org.katagrade.grader.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;

/** What a command has to say so that it finds the same work again. */
final class Elsewhere {

  /** What no shell takes for anything else. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./:,@%+=\\\\-]+");

  private Elsewhere() {}

  /**
   * The folder and the course, each with a space before it; empty for a kata's own folder in the
   * course that came with the grader.
   */
  static String of(Course course, Kata kata, Path work, Surroundings surroundings) {
    String folder = work.equals(kata.folder()) ? "" : " " + typed(work, surroundings);
    Path usual = surroundings.installation().root().resolve("katas");
    return course.folder().equals(usual)
        ? folder
        : folder + " --katas " + typed(course.folder(), surroundings);
  }

  /** A path as it can be typed where we are. */
  private static String typed(Path path, Surroundings surroundings) {
    Path here = surroundings.directory();
    boolean below = path.startsWith(here) && !path.equals(here);
    return quoted(below ? here.relativize(path) : path);
  }

  /** A path as a shell takes it for one word. */
  static String quoted(Path path) {
    String text = path.toString();
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    // What cmd.exe knows are double quotes, in which a shell would still look for a $.
    return text.matches("[^\"$`!\\\\]*") || File.separatorChar == '\\'
        ? "\"" + text + "\""
        : "'" + text.replace("'", "'\\''") + "'";
  }
}
