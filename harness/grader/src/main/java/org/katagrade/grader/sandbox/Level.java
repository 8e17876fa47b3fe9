package org.katagrade.grader.sandbox;

import java.util.Arrays;
import java.util.Optional;

/** How much stands between a child and the machine it runs on. */
public enum Level {
  /** A JVM of its own, with limits that the JVM and the grader keep themselves. */
  JVM(1, "a JVM of its own"),

  /** Namespaces of its own: no network, nobody else's processes, no file but the JDK's and jars. */
  CONTAINER(2, "a JVM without network, in a file system of its own that it cannot write to"),

  /** And not root, under a filter of system calls, with bounds on threads, memory and files. */
  FULL(3, "as level 2, not root, with filtered system calls and bounded threads and memory");

  private final int number;
  private final String words;

  Level(int number, String words) {
    this.number = number;
    this.words = words;
  }

  /** The level of a number; nothing if there is none. */
  public static Optional<Level> numbered(String number) {
    return Arrays.stream(values())
        .filter(level -> String.valueOf(level.number).equals(number))
        .findFirst();
  }

  /** As reports and options have it. */
  public int number() {
    return number;
  }

  /** What it is, for people. */
  public String words() {
    return words;
  }
}
