package org.katagrade.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.katagrade.checks.Specifications.Buffer;
import org.katagrade.checks.Specifications.Fifo;
import org.katagrade.checks.Specifications.Latch;
import org.katagrade.checks.Specifications.Permits;
import org.katagrade.checks.Specifications.Rendezvous;

/** Histories whose answer is known. */
final class ExplanationsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[put(1) void] [take() 1]",
        """
        [put(1) void]
          [take() 1]
        """,
        """
        [take() 1]
              [put(1) void]
        """,
        """
        [put(1) void] [size() 1]
        [put(2) void]
             [take() 2]
        """,
        """
        [put(1) void]
           [size() 1]
                      [size() 1]
        """,
        """
        [put(1) void] [put(2)
                         [size() 1]
        """
      })
  void aBufferCanDoThis(String drawing) {
    assertThat(isExplained(Buffer.class, drawing)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[take() 1] [put(1) void]",
        "[put(1) void] [take() 2]",
        "[put(1) void] [put(2) void]",
        """
        [put(1) void]
        [take() 1]
           [take() 1]
        """,
        """
        [put(1) void]            [size() 1]
                      [take() 1]
        """,
        """
        [put(1) void]
              [size() 1]
                          [size() 0]
        """
      })
  void aBufferCannotDoThis(String drawing) {
    assertThat(isExplained(Buffer.class, drawing)).isFalse();
  }

  @Test
  void aPendingCallMayHaveTakenEffectOrNot() {
    assertThat(
            isExplained(
                Buffer.class,
                """
                [put(1)
                        [size() 0] [size() 1]
                """))
        .isTrue();
    assertThat(
            isExplained(
                Buffer.class,
                """
                [put(1)
                        [size() 1] [size() 0]
                """))
        .isFalse();
  }

  @Test
  void whatIsOverBeforeKeepsItsPlace() {
    assertThat(
            isExplained(
                Fifo.class,
                """
                [put(1) void] [put(2) void]
                                            [take() 2] [take() 1]
                """))
        .isFalse();
    assertThat(
            isExplained(
                Fifo.class,
                """
                [put(1) void] [put(2) void]
                                            [take() 1]
                                              [take() 2]
                """))
        .isTrue();
  }

  @Test
  void moreCannotHaveAcquiredThanThereArePermits() {
    assertThat(
            isExplained(
                Permits.class,
                """
                [acquire() void]
                [acquire() void]
                [acquire()
                """))
        .isTrue();
    assertThat(
            isExplained(
                Permits.class,
                """
                [acquire() void]
                [acquire() void]
                [acquire() void]
                """))
        .isFalse();
  }

  @Test
  void whoWaitsForEverThoughNothingKeepsItHasLostItsWakeUp() {
    String lost =
        """
        [take()
           [put(1) void]
        """;
    assertThat(isExplained(Buffer.class, lost)).isTrue();
    assertThat(isExplainedForEver(Buffer.class, lost)).isFalse();
    String rightly =
        """
        [take()
           [put(1) void] [tryTake() 1]
        """;
    assertThat(isExplainedForEver(Buffer.class, rightly)).isTrue();
  }

  @Test
  void allThatWaitMustWaitInTheSameState() {
    // After one put either taker may wait, but not both.
    assertThat(
            isExplainedForEver(
                Buffer.class,
                """
                [take()
                [take()
                   [put(1) void]
                """))
        .isFalse();
    assertThat(
            isExplainedForEver(
                Buffer.class,
                """
                [take() 1]
                [take()
                   [put(1) void]
                """))
        .isTrue();
    // Each of the two is right to wait in one order, and no order has both wait.
    assertThat(
            isExplainedForEver(
                Buffer.class,
                """
                [take()
                [put(1)
                """))
        .isFalse();
  }

  @Test
  void whatHasTakenEffectMustReturn() {
    assertThat(
            isExplainedForEver(
                Buffer.class,
                """
                [put(1)
                        [take() 1]
                """))
        .isFalse();
    assertThat(
            isExplainedForEver(
                Latch.class,
                """
                [await()
                [countDown() void] [countDown() void]
                """))
        .isFalse();
    assertThat(
            isExplainedForEver(
                Latch.class,
                """
                [await()
                [countDown() void]
                """))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        [send(1) void]
          [receive() 1]
        """,
        """
        [receive() 1]
          [send(1) void]
        """,
        """
        [send(1)            void]
        [send(2) void]
          [receive() 2] [receive() 1]
        """,
        """
        [receive() 1]
                 [trySend(1) true]
        """,
        """
        [receive()                1]
        [trySend(1) false] [trySend(1) true]
        """
      })
  void amongThoseWhoMeetThisCanBe(String drawing) {
    assertThat(isExplained(Rendezvous.class, drawing)).isTrue();
    assertThat(isExplainedForEver(Rendezvous.class, drawing)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[send(1) void]",
        "[send(1) void] [receive() 1]",
        """
        [send(1) void] [send(2) void]
                [receive() 1]
        """,
        """
        [send(1) void] [send(2) void]
          [receive() 2] [receive() 1]
        """,
        "[trySend(1) true]"
      })
  void amongThoseWhoMeetThisCannotBe(String drawing) {
    assertThat(isExplained(Rendezvous.class, drawing)).isFalse();
  }

  @Test
  void whoSendsWaitsForWhoReceivesAndNotForEver() {
    assertThat(isExplainedForEver(Rendezvous.class, "[send(1)")).isTrue();
    assertThat(
            isExplainedForEver(
                Rendezvous.class,
                """
                [send(1)
                [receive()
                """))
        .isFalse();
    assertThat(
            isExplainedForEver(
                Rendezvous.class,
                """
                [send(1)
                [send(2) void]
                [receive() 2]
                """))
        .isTrue();
  }

  private static boolean isExplained(Class<?> specification, String drawing) {
    return Explanations.anyOf(
        new Specification(specification), Timelines.of(specification, drawing));
  }

  private static boolean isExplainedForEver(Class<?> specification, String drawing) {
    return Explanations.anyOfStuck(
        new Specification(specification), Timelines.of(specification, drawing));
  }
}
