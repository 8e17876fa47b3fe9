package org.katagrade.grader.compile;

/**
 * One thing that keeps a submission from being graded.
 *
 * @param path the source's path below the source folder, or empty if it is about no file
 * @param line the line, from 1, or 0 if unknown
 * @param column the column, from 1, or 0 if unknown
 * @param message the compiler's words, or ours
 * @param source the line itself, or empty
 */
public record Problem(String path, long line, long column, String message, String source) {

  /** A problem that is about no line. */
  public static Problem general(String message) {
    return new Problem("", 0, 0, message, "");
  }
}
