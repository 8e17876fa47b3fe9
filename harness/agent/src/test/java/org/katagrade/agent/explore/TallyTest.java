package org.katagrade.agent.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTest {

  @Test
  void knowsHowManySchedulesItTook() {
    Tally tally = new Tally(List.of(10, 9, 8, 7, 6, 5, 4, 3, 2, 1), 0);

    assertThat(tally.percentile(50)).isEqualTo(5);
    assertThat(tally.percentile(90)).isEqualTo(9);
    assertThat(tally.percentile(91)).isEqualTo(10);
    assertThat(tally.percentile(100)).isEqualTo(10);
    assertThat(tally.text()).isEqualTo("10 of 10, schedules: p50 5, p90 9, max 10");
  }

  @Test
  void countsWhatWasMissedAsNever() {
    Tally tally = new Tally(List.of(3, 4), 2);

    assertThat(tally.seeds()).isEqualTo(4);
    assertThat(tally.percentile(50)).isEqualTo(4);
    assertThat(tally.percentile(51)).isEqualTo(Tally.NEVER);
    assertThat(tally.text()).isEqualTo("2 of 4, schedules: p50 4, p90 -, max -");
  }

  @Test
  void canBeEmpty() {
    assertThat(new Tally(List.of(), 0).percentile(50)).isEqualTo(Tally.NEVER);
  }

  @Test
  void refusesWhatIsNoPercentile() {
    Tally tally = new Tally(List.of(1), 0);

    assertThatThrownBy(() -> tally.percentile(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tally.percentile(101)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Tally(List.of(), -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
