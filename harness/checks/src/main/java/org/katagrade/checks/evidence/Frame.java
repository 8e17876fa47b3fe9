package org.katagrade.checks.evidence;

import org.jspecify.annotations.Nullable;

/**
 * A place in a program: one frame of a stack.
 *
 * @param type binary name of the class
 * @param method the method's name
 * @param file source file without folders, if known
 * @param line line number from 1, or a negative number if unknown
 */
public record Frame(String type, String method, @Nullable String file, int line) {

  /** Stands for a line that is not known. */
  public static final int NO_LINE = -1;

  public static Frame of(StackTraceElement element) {
    return new Frame(
        element.getClassName(),
        element.getMethodName(),
        element.getFileName(),
        element.getLineNumber());
  }

  /** The frame as Java prints it, {@code kata01.Solution.add(Solution.java:12)}. */
  @Override
  public String toString() {
    return type + "." + method + "(" + place() + ")";
  }

  /** File and line, {@code Solution.java:12}. */
  public String place() {
    String name = file == null ? "unknown source" : file;
    return line < 0 ? name : name + ":" + line;
  }
}
