package org.katagrade.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Time as it passes on real threads: nothing but what must have passed is known. */
final class ClockTest {

  private static final Duration MOMENT = Duration.ofMillis(2);

  @Test
  void whatGivesUpTooEarlyFails() throws Exception {
    assertThat(Clock.mustTake(Duration.ZERO, "nothing", () -> 7)).isEqualTo(7);
    assertThat(Clock.mustTake(Duration.ofSeconds(-1), "less than nothing", () -> 7)).isEqualTo(7);
    Clock.mustTake(
        MOMENT,
        "a sleep",
        () -> {
          Clock.sleep(MOMENT);
          return null;
        });
    assertThatThrownBy(() -> Clock.mustTake(Duration.ofHours(1), "poll(PT1H)", () -> 7))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("expected poll(PT1H) to last PT1H, but it gave up after PT");
  }

  @Test
  void timeThatWasSleptHasPassed() throws Exception {
    Duration before = Clock.now();
    assertThat(Clock.elapsed(() -> Clock.sleep(MOMENT))).isGreaterThanOrEqualTo(MOMENT);
    Clock.sleepPast(before.plus(MOMENT.multipliedBy(2)));
    assertThat(Clock.now()).isGreaterThan(before.plus(MOMENT.multipliedBy(2)));
  }
}
