package org.katagrade.grader.surface;

/** Something that a class file names. */
sealed interface Use {

  /** The line, from 1, or -1 if it is not known. */
  int line();

  /** A member: called, read, written, or made a handle of. */
  record OfMember(Member member, int line) implements Use {}

  /**
   * A type by itself: extended, made an array of, cast to, caught, a literal, or in a signature.
   */
  record OfType(String name, int line) implements Use {}

  /** A method that the JVM calls to link a call site or a constant. */
  record AsBootstrap(Member member, int line) implements Use {}

  /** A method whose body is not in the class file. */
  record OfNativeCode(String method, int line) implements Use {}

  /** A method that the JVM calls by itself some time after an object is no longer used. */
  record AsFinalizer(String type, int line) implements Use {}
}
