package org.katagrade.checks.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failed assertion, or an exception that nobody expected.
 *
 * @param type binary name of the exception's class
 * @param message what it said
 * @param expected the expected value, where the assertion knows it
 * @param actual the actual value, where the assertion knows it
 * @param thread name of the thread it happened in
 * @param student frames in the submission, innermost first
 * @param check the line of the hidden check it came from, if any
 * @param assertion whether a check said so, as opposed to an exception out of the submission
 */
public record Failure(
    String type,
    String message,
    @Nullable String expected,
    @Nullable String actual,
    String thread,
    List<Frame> student,
    @Nullable Frame check,
    boolean assertion) {

  public Failure {
    student = List.copyOf(student);
  }
}
