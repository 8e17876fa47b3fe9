package org.katagrade.agent.explored;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.katagrade.agent.explore.Budget;
import org.katagrade.agent.explore.Ending;
import org.katagrade.agent.explore.Explorer;
import org.katagrade.agent.explore.Findings;
import org.katagrade.agent.explore.Program;
import org.katagrade.agent.explore.Run;

/**
 * Every program of the corpus, with platform and with virtual threads: what is wrong with the
 * broken ones is found and can be run again, the sound ones end well in all their schedules. {@code
 * -Dexplored.schedules=2000} runs the sound ones so often with each strategy, {@code
 * -Dexplored.seeds=20} looks so many times, {@code -Dexplored.load=2} does it beside busy threads.
 */
class ExploredIT {

  /** How many strategies take turns in a search. */
  private static final int STRATEGIES = 6;

  private static final int SCHEDULES = Integer.getInteger("explored.schedules", 25);
  private static final int SEEDS = Integer.getInteger("explored.seeds", 1);

  /** More than any correct program of the corpus takes. */
  private static final int STEPS = 20_000;

  /** A minute, for those of a hundred threads; most are found within a few milliseconds. */
  private static final Budget TO_FIND = new Budget(200_000, STEPS, 60_000);

  private static final Budget TO_RUN_ALL =
      new Budget(SCHEDULES * STRATEGIES, STEPS, Long.MAX_VALUE / 4);

  private static final Load LOAD = Load.begin();

  @BeforeAll
  static void canBeExplored() {
    assertThat(Explorer.unavailable()).isEmpty();
  }

  @AfterAll
  static void rest() {
    LOAD.close();
  }

  static List<Arguments> broken() throws IOException {
    return withForks(Sample.all().stream().filter(Sample::isBroken).toList());
  }

  static List<Arguments> sound() throws IOException {
    return withForks(Sample.all().stream().filter(Sample::isSound).toList());
  }

  private static List<Arguments> withForks(List<Sample> samples) {
    List<Arguments> all = new ArrayList<>();
    for (Sample sample : samples) {
      for (Fork fork : Fork.values()) {
        all.add(Arguments.of(sample, fork));
      }
    }
    return all;
  }

  static List<Arguments> racy() throws IOException {
    return withForks(Sample.all().stream().filter(Sample::races).toList());
  }

  static List<Arguments> raceFree() throws IOException {
    return withForks(Sample.all().stream().filter(sample -> !sample.races()).toList());
  }

  @ParameterizedTest
  @MethodSource("broken")
  void isFoundAndRepeats(Sample sample, Fork fork) {
    Program program = sample.with(fork);
    for (int seed = 1; seed <= SEEDS; seed++) {
      Run found = Explorer.explore(program, TO_FIND, seed).failure();

      assertThat(found).as("found with seed %d", seed).isNotNull();
      assertThat(found.ending().name())
          .as("%s, with seed %d", found.ending(), seed)
          .isIn(sample.endings());
      repeats(program, found, false);
    }
  }

  @ParameterizedTest
  @MethodSource("racy")
  void raceIsFoundAndRepeats(Sample sample, Fork fork) {
    Program program = sample.with(fork);
    for (int seed = 1; seed <= SEEDS; seed++) {
      Run found = Explorer.races(program, TO_FIND, seed).failure();

      assertThat(found).as("found with seed %d", seed).isNotNull();
      assertThat(found.ending()).isInstanceOf(Ending.Raced.class);
      repeats(program, found, true);
    }
  }

  private static void repeats(Program program, Run found, boolean detector) {
    Run once = Explorer.replay(program, found.schedule(), TO_FIND, detector);
    Run again = Explorer.replay(program, found.schedule(), TO_FIND, detector);
    assertThat(once.ending().name()).isEqualTo(found.ending().name());
    assertThat(again.ending().name()).isEqualTo(found.ending().name());
    assertThat(once.story()).isEqualTo(found.story());
    assertThat(again.story()).isEqualTo(once.story());
  }

  @ParameterizedTest
  @MethodSource("sound")
  void endsWell(Sample sample, Fork fork) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Findings findings = Explorer.explore(sample.with(fork), TO_RUN_ALL, seed);

      assertThat(findings.failure()).as("with seed %d", seed).isNull();
      assertThat(findings.schedules()).isEqualTo(TO_RUN_ALL.schedules());
    }
  }

  @ParameterizedTest
  @MethodSource("raceFree")
  void noRaceIsMadeUp(Sample sample, Fork fork) {
    Findings findings = Explorer.races(sample.with(fork), TO_RUN_ALL, 1);

    assertThat(findings.failure()).isNull();
    assertThat(findings.schedules()).isEqualTo(TO_RUN_ALL.schedules());
  }

  @Test
  void thereAreEnough() throws IOException {
    List<Sample> samples = Sample.all();
    assertThat(samples).filteredOn(Sample::isSound).hasSizeGreaterThan(180);
    assertThat(samples).filteredOn(sample -> !sample.isSound()).hasSizeGreaterThan(240);
    assertThat(samples)
        .filteredOn(sample -> sample.toString().startsWith("SctBench"))
        .filteredOn(sample -> !sample.isSound())
        .hasSizeGreaterThanOrEqualTo(28);
  }
}
