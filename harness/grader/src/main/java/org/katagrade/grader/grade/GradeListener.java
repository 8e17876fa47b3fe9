package org.katagrade.grader.grade;

import org.katagrade.grader.kata.DeclaredCheck;

/** Hears how a grading goes on, from several threads. */
public interface GradeListener {

  /** The submission compiled, and so many checks will be run. */
  default void compiled(int checks) {}

  /** A check begins. */
  default void began(DeclaredCheck check) {}

  /** A check has its verdict. */
  default void ended(DeclaredCheck check, Verdict verdict) {}
}
