package org.katagrade.checks.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
        .isEqualTo(
            """
            expected: an exception of type NullPointerException
             but was: IllegalStateException: no\
            """);
  }

  @Test
  void anExceptionOfAnotherTypeHasTheLineItCameFrom() {
    IllegalStateException thrown = new IllegalStateException("no");
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("app", "java.base", "25", "java.lang.Math", "a", "Math.java", 1),
          new StackTraceElement("app", null, null, "kata.Solution", "run", "Solution.java", 7),
          new StackTraceElement("kata.Solution", "run", "Solution.java", -1)
        });
    assertThat(
            failure(
                    () ->
                        assertThatThrownBy(() -> rethrow(thrown), "run()")
                            .isInstanceOf(NullPointerException.class))
                .student())
        .containsExactly(new Frame("kata.Solution", "run", "Solution.java", 7));
  }

  static Stream<Arguments> assertionsThatNameTheActualValueFirst() {
    List<Integer> list = List.of(1, 2);
    return Stream.of(
        said(() -> assertThat(3).isLessThanOrEqualTo(2), "at most 2", "3"),
        said(() -> assertThat(3).isGreaterThanOrEqualTo(4), "at least 4", "3"),
        said(() -> assertThat(3).isLessThan(2), "less than 2", "3"),
        said(() -> assertThat(-3).isPositive(), "more than 0", "-3"),
        said(() -> assertThat(3).isBetween(4, 5), "from 4 to 5", "3"),
        said(() -> assertThat(3).isBetween(1, 1), "1", "3"),
        said(() -> assertThat(list).isNotEqualTo(List.of(1, 2)), "anything but [1, 2]", "[1, 2]"),
        said(() -> assertThat("x").isSameAs("y"), "\"y\"", "\"x\""),
        said(
            () -> assertThat(new StringBuilder("x")).isSameAs(new StringBuilder("x")),
            "\"x\"",
            "another that looks the same"),
        said(() -> assertThat("x").isNotSameAs("x"), "another object", "the same: \"x\""),
        said(() -> assertThat(new AtomicInteger(10)).hasValue(1), "1", "10"),
        said(() -> assertThat(new AtomicReference<>("x")).hasValue("y"), "\"y\"", "\"x\""),
        said(() -> assertThat(list).isEmpty(), "nothing", "[1, 2]"),
        said(() -> assertThat(list).hasSize(3), "3 in all", "2: [1, 2]"),
        said(() -> assertThat(list).contains(4), "[4] among them", "[1, 2]"),
        said(() -> assertThat(list).doesNotContain(1), "none of [1]", "[1, 2]"),
        said(() -> assertThat(list).containsOnly(4), "only [4]", "[1, 2]"),
        said(() -> assertThat(list).containsExactly(2, 1), "[2, 1]", "[1, 2]"),
        said(
            () -> assertThat(list).containsExactlyInAnyOrder(4, 2),
            "[4, 2], in any order",
            "[1, 2]"),
        said(() -> assertThat(1).isIn(2, 3), "one of [2, 3]", "1"),
        said(() -> assertThat((Object) 1).isInstanceOf(String.class), "one of type String", "1"),
        said(() -> assertThat("x").startsWith("y"), "to start with \"y\"", "\"x\""));
  }

  @ParameterizedTest
  @MethodSource("assertionsThatNameTheActualValueFirst")
  void whatWasExpectedIsSaidFirst(ThrowingCallable check, String expected, String actual) {
    Failure failure = failure(check);
    assertThat(failure.message())
        .isEqualTo("expected: %s\n but was: %s".formatted(expected, actual));
    assertThat(failure.expected()).isEqualTo(expected);
    assertThat(failure.actual()).isEqualTo(actual);
  }

  @Test
  void aLongValueIsSaidInOneLineAndADescriptionStays() {
    List<String> words = List.of("a word that is long", "another word", "a third", "and more");
    String said = "[\"a word that is long\", \"another word\", \"a third\", \"and more\"]";
    Failure failure =
        failure(() -> assertThat(words).as("words of [1, 2]").containsOnly("a word that is long"));
    assertThat(failure.actual()).isEqualTo(said);
    assertThat(failure.message())
        .isEqualTo(
            "[words of [1, 2]] \nexpected: only [\"a word that is long\"]\n but was: " + said);
  }

  @Test
  void wordsOfOursStayAsTheyAre() {
    String words = "expected all 3 threads to wait, but 1 finished:\n  to: the end";
    assertThat(failure(() -> rethrow(new AssertionError(words))).message()).isEqualTo(words);
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

  private static Arguments said(ThrowingCallable check, String expected, String actual) {
    return Arguments.of(check, expected, actual);
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
