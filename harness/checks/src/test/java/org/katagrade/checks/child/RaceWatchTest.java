package org.katagrade.checks.child;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.katagrade.agent.race.Faults;
import org.katagrade.checks.evidence.Outcome;

/** What a failure of the detector makes of a check. The first one counts, so there is one test. */
final class RaceWatchTest {

  @Test
  void aFaultOfTheDetectorIsTheHarnesss() {
    RaceWatch races = new RaceWatch();
    assertThat(races.outcome(new Outcome.Passed())).isEqualTo(new Outcome.Passed());
    assertThat(races.isBroken()).isFalse();

    Faults.note(new IllegalStateException("oops"));

    assertThat(races.outcome(new Outcome.Passed()))
        .isInstanceOfSatisfying(
            Outcome.Faulty.class,
            faulty ->
                assertThat(faulty.cause())
                    .startsWith("the race detector failed: ")
                    .contains("IllegalStateException: oops"));
    assertThat(races.isBroken()).isTrue();
  }
}
