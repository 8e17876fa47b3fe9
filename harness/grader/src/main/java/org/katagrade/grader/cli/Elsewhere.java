package org.katagrade.grader.cli;

import java.nio.file.Path;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;

/** What a command has to say so that it finds the same work again. */
final class Elsewhere {

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
    return text.contains(" ") ? "\"" + text + "\"" : text;
  }
}
