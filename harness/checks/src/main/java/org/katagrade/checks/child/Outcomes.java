package org.katagrade.checks.child;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.HangError;
import org.katagrade.checks.HarnessError;
import org.katagrade.checks.LeakError;
import org.katagrade.checks.NotLinearizableError;
import org.katagrade.checks.ParticipantFailure;
import org.katagrade.checks.StuckError;
import org.katagrade.checks.evidence.Failure;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.Outcome;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.ValueWrapper;

/** Makes an outcome of what a check threw. */
final class Outcomes {

  /** Causes can go in a circle. */
  private static final int MOST_CAUSES = 8;

  private final Set<String> theirs;
  private final String checksType;

  Outcomes(Set<String> theirs, String checksType) {
    this.theirs = theirs;
    this.checksType = checksType;
  }

  /**
   * The outcome.
   *
   * @param touched whether any class of the submission had been loaded; what fails before that is
   *     the harness's fault
   */
  Outcome of(Throwable thrown, String thread, boolean touched) {
    Throwable cause = thrown;
    String where = thread;
    while (true) {
      if (cause instanceof ParticipantFailure participant && cause.getCause() != null) {
        where = participant.thread();
        cause = cause.getCause();
      } else if (cause instanceof InvocationTargetException && cause.getCause() != null) {
        cause = cause.getCause();
      } else {
        break;
      }
    }
    return switch (cause) {
      case StuckError stuck -> new Outcome.Stuck(stuck.standstill());
      case LeakError leak -> new Outcome.Left(leak.leak());
      case NotLinearizableError history -> new Outcome.Unexplained(history.history());
      case HangError hang ->
          new Outcome.Hung(String.valueOf(hang.getMessage()), hang.running(), hang.history());
      case HarnessError e -> new Outcome.Faulty(String.valueOf(e.getMessage()));
      case StackOverflowError e ->
          new Outcome.Exhausted("the stack overflowed", failure(e, where, false));
      case OutOfMemoryError e -> new Outcome.Exhausted("memory ran out", failure(e, where, false));
      case AssertionError e -> new Outcome.Failed(failure(e, where, true));
      default ->
          touched
              ? new Outcome.Failed(failure(cause, where, false))
              : new Outcome.Faulty(cause + " at " + Arrays.toString(cause.getStackTrace()));
    };
  }

  private Failure failure(Throwable thrown, String thread, boolean assertion) {
    List<Frame> frames = Arrays.stream(thrown.getStackTrace()).map(Frame::of).toList();
    List<Frame> student = student(thrown);
    Frame check =
        frames.stream()
            .filter(frame -> outermost(frame.type()).equals(outermost(checksType)))
            .findFirst()
            .orElse(null);
    if (!assertion) {
      return new Failure(
          thrown.getClass().getName(), said(thrown), null, null, thread, student, check, false);
    }
    AssertionWords words = AssertionWords.of(String.valueOf(thrown.getMessage()));
    String expected = words.expected();
    String actual = words.actual();
    if (thrown instanceof AssertionFailedError error && error.isExpectedDefined()) {
      expected = text(error.getExpected());
      actual = text(error.getActual());
    }
    if (student.isEmpty()) {
      student = theirs(words.trace());
    }
    return new Failure(
        thrown.getClass().getName(),
        words.message(),
        expected,
        actual,
        thread,
        student,
        check,
        true);
  }

  /** What an exception said; one that says nothing itself, or too little, lets its cause speak. */
  private static String said(Throwable thrown) {
    Throwable cause = thrown.getCause();
    if (cause == null) {
      return String.valueOf(thrown.getMessage());
    }
    if (thrown.getMessage() == null) {
      return cause.toString();
    }
    return failedToInitialize(thrown) && cause.getMessage() != null
        ? thrown.getMessage() + ": " + cause.getMessage()
        : thrown.getMessage();
  }

  /** Whether a class could not be initialized, now or before: the cause says where and why. */
  private static boolean failedToInitialize(Throwable thrown) {
    return thrown.getCause() != null
        && (thrown instanceof ExceptionInInitializerError
            || thrown instanceof NoClassDefFoundError);
  }

  /**
   * Frames in the submission: of what was thrown or, if it has none, of what caused it. A class
   * that could not be initialized failed in its own lines, not where it was first used.
   */
  private List<Frame> student(Throwable thrown) {
    Throwable each = failedToInitialize(thrown) ? thrown.getCause() : thrown;
    for (int depth = 0; each != null && depth < MOST_CAUSES; depth++) {
      List<Frame> student = theirs(Arrays.stream(each.getStackTrace()).map(Frame::of).toList());
      if (!student.isEmpty()) {
        return student;
      }
      each = each.getCause();
    }
    return List.of();
  }

  private List<Frame> theirs(List<Frame> frames) {
    return frames.stream().filter(frame -> theirs.contains(frame.type())).toList();
  }

  private static String outermost(String type) {
    int inner = type.indexOf('$');
    return inner < 0 ? type : type.substring(0, inner);
  }

  private static @Nullable String text(@Nullable ValueWrapper value) {
    return value == null ? null : value.getStringRepresentation();
  }
}
