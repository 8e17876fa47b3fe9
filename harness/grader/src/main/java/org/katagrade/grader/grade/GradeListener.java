package org.katagrade.grader.grade;

import org.katagrade.grader.kata.DeclaredCheck;

/** Hears how a grading goes on, from several threads. */
public interface GradeListener {

  /**
   * The submission compiled, and so many checks will be run.
   *
   * @param stub whether nothing is implemented in it, so that it is clear how they will end
   */
  default void compiled(int checks, boolean stub) {}

  /** A check begins. */
  default void began(DeclaredCheck check) {}

  /** A check has its verdict. */
  default void ended(DeclaredCheck check, Verdict verdict) {}
}
