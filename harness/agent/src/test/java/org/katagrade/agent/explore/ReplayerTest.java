package org.katagrade.agent.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReplayerTest {

  private static final int STEPS = 2_000;

  private final Recorder recorder = new Recorder();

  @Test
  void repeatsWhatWasRecorded() {
    Map<String, Toy> toys = new LinkedHashMap<>(Toys.broken());
    toys.putAll(Toys.correct());
    int runs = 0;
    for (Toy toy : toys.values()) {
      for (int seed = 0; seed < 100; seed++) {
        Strategy strategy = Mix.standard().of(seed);
        strategy.begin(seed, Extent.unknown(STEPS));
        recorder.begin(strategy);
        Run first = toy.run(recorder, STEPS, false);
        Schedule schedule = recorder.schedule();

        recorder.begin(new Replayer(schedule));
        Run second = toy.run(recorder, STEPS, false);

        assertThat(recorder.schedule()).isEqualTo(schedule);
        assertThat(Likeness.of(second.ending())).isEqualTo(Likeness.of(first.ending()));
        assertThat(second.steps()).isEqualTo(first.steps());
        runs++;
      }
    }
    assertThat(runs).isEqualTo(1_200);
  }

  @Test
  void letsWhoRunsGoOnAndElseTheFirst() {
    assertThat(made(Toys.lostUpdate(), "-")).isEqualTo("0.2-1.2-0.1-2.2-0.2");
    assertThat(made(Toys.lostUpdate(), "0.2-2.1")).isEqualTo("0.2-2.2-1.2-0.3");
  }

  @Test
  void endsATurnWhoseThreadCannotGoOn() {
    assertThat(made(Toys.lostUpdate(), "0.100-2.100-9.1-t-1.1")).isEqualTo("0.2-2.2-1.2-0.3");
  }

  @Test
  void passesOverChoicesThatAreNotAskedFor() {
    assertThat(made(Toys.lostUpdate(), "0.2-=1-2.1")).isEqualTo("0.2-2.2-1.2-0.3");
  }

  @Test
  void choosesWhomToNotify() {
    assertThat(made(Toys.wrongOneNotified(), "0.3-1.3-2.3-3.3-=0")).contains("=0");
    assertThat(made(Toys.wrongOneNotified(), "0.3-1.3-2.3-3.3-=1")).contains("=1");
    assertThat(made(Toys.wrongOneNotified(), "0.3-1.3-2.3-3.3-=9")).contains("=1");
  }

  @Test
  void letsSpinnersEndWhereItIsLeftAlone() {
    assertThat(ending(Toys.spinner(), "-")).isInstanceOf(Ending.Completed.class);
    assertThat(ending(Toys.busySpinner(), "-")).isInstanceOf(Ending.Completed.class);
    assertThat(ending(Toys.endless(), "0.2-2.2")).isInstanceOf(Ending.Livelock.class);
  }

  private Ending ending(Toy toy, String schedule) {
    recorder.begin(new Replayer(Schedule.parse(schedule)));
    return toy.run(recorder, STEPS, false).ending();
  }

  private String made(Toy toy, String schedule) {
    ending(toy, schedule);
    return recorder.schedule().text();
  }
}
