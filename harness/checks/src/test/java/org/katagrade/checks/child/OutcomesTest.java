package org.katagrade.checks.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.katagrade.checks.evidence.Failure;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.Outcome;

final class OutcomesTest {

  @Test
  void anAssertionBringsNoStackTraceOfOursInItsWords() {
    String message =
        failure(
                () ->
                    assertThatThrownBy(
                            () -> {
                              throw new IllegalStateException("no");
                            })
                        .isInstanceOf(NullPointerException.class))
            .message();
    assertThat(message)
        .contains("expected an exception of type:", "IllegalStateException: no")
        .doesNotContain("\tat ", "setMaxStackTraceElementsDisplayed");
  }

  @Test
  void whatIsMissingIsSaidInPlainWords() {
    assertThat(failure(() -> assertThat((Object) null).isNotNull()).message())
        .contains("expected something, but it was null");
    assertThat(failure(() -> assertThatThrownBy(() -> {}).hasNoCause()).message())
        .contains("expected an exception, but there was none");
  }

  @Test
  void theCauseOfAFailedExpectationHasTheLine() {
    IllegalStateException cause = new IllegalStateException("no");
    cause.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("kata.Solution", "run", "Solution.java", 7)
        });
    assertThat(
            failure(
                    () -> {
                      throw new AssertionError("expected 1 of 1 thread to wait", cause);
                    })
                .student())
        .hasSize(1);
  }

  @Test
  void aClassThatCouldNotBeInitializedHasItsCauseAndTheLineOfThat() {
    NumberFormatException cause = new NumberFormatException("For input string: \"many\"");
    cause.setStackTrace(at("<clinit>", 7));
    ExceptionInInitializerError first = new ExceptionInInitializerError(cause);
    first.setStackTrace(at("put", 20));
    Failure failure = failure(() -> rethrow(first));
    assertThat(failure.message())
        .isEqualTo("java.lang.NumberFormatException: For input string: \"many\"");
    assertThat(failure.student()).first().extracting(Frame::line).isEqualTo(7);

    NoClassDefFoundError later = new NoClassDefFoundError("Could not initialize class kata.Table");
    later.initCause(first);
    later.setStackTrace(at("put", 20));
    assertThat(failure(() -> rethrow(later)).message())
        .startsWith("Could not initialize class kata.Table");
  }

  @Test
  void anExceptionWithWordsOfItsOwnKeepsThem() {
    IllegalStateException thrown =
        new IllegalStateException("no room", new NumberFormatException("many"));
    assertThat(failure(() -> rethrow(thrown)).message()).isEqualTo("no room");
  }

  private static StackTraceElement[] at(String method, int line) {
    return new StackTraceElement[] {
      new StackTraceElement("kata.Solution", method, "Solution.java", line)
    };
  }

  private static void rethrow(Throwable thrown) throws Throwable {
    throw thrown;
  }

  private static Failure failure(ThrowingCallable check) {
    Outcome outcome =
        new Outcomes(Set.of("kata.Solution"), "kata.Checks")
            .of(catchThrowable(check), "check", true);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).failure();
  }
}
