package org.katagrade.agent.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StrategyTest {

  private static final int STEPS = 2_000;
  private static final int SEEDS = 10;

  private static Stream<Strategy> strategies() {
    return Mix.standard().strategies().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strategies")
  void findsEveryKindOfMistake(Strategy strategy) {
    StrategyBench bench = new StrategyBench(SEEDS, 2_000, STEPS);

    Toys.broken()
        .forEach(
            (name, toy) ->
                assertThat(bench.tally(toy, new Mix(List.of(strategy))).missed())
                    .as("seeds with which %s is missed by %s", name, strategy.name())
                    .isZero());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strategies")
  void findsNothingInWhatIsCorrect(Strategy strategy) {
    StrategyBench bench = new StrategyBench(SEEDS, 1_000, STEPS);

    Toys.correct()
        .forEach(
            (name, toy) ->
                assertThat(bench.tally(toy, new Mix(List.of(strategy))).found())
                    .as("schedules after which %s finds fault with %s", strategy.name(), name)
                    .isEmpty());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strategies")
  void choosesTheSameFromTheSameSeed(Strategy strategy) {
    Set<Schedule> different = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      schedule(strategy, seed);
      Schedule once = schedule(strategy, seed);
      different.add(once);

      assertThat(schedule(strategy, seed)).isEqualTo(once);
    }
    assertThat(different).hasSizeGreaterThan(10);
  }

  private static Schedule schedule(Strategy strategy, long seed) {
    Recorder recorder = new Recorder();
    recorder.begin(strategy);
    strategy.begin(seed, new Extent(STEPS, 20, 20, 4));
    Toys.wrongOneNotified().run(recorder, STEPS, false);
    return recorder.schedule();
  }

  /** What is allocated at each of a hundred thousand steps would be seen. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("strategies")
  void allocatesNothingAtAStep(Strategy strategy) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Candidates crowd = new Crowded();
    strategy.begin(1, new Extent(Integer.MAX_VALUE, 100_000, 100_000, 20));
    strategy.choose(crowd);

    long before = threads.getCurrentThreadAllocatedBytes();
    int sum = 0;
    for (int i = 0; i < 100_000; i++) {
      sum += strategy.choose(crowd);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(sum).isPositive();
    assertThat(allocated).isLessThan(100_000);
  }

  /** A mistake of depth d in n threads of k steps, one time in n k^(d-1); depths are drawn of 5. */
  @Test
  void priorityChangesFindWhatIsPromised() {
    assertThat(share(Toys.lastIsFirst(10))).as("depth 1").isGreaterThan(1.0 / (5 * 11));
    assertThat(share(Toys.lostUpdate())).as("depth 2").isGreaterThan(1.0 / (5 * 3 * 8));
    assertThat(share(Toys.lockOrder())).as("depth 2").isGreaterThan(1.0 / (5 * 3 * 14));
    assertThat(share(Toys.reorder(4))).as("depth 3").isGreaterThan(1.0 / (5 * 6 * 18 * 18));
  }

  private static double share(Toy toy) {
    int runs = 20_000;
    int found = 0;
    Pct pct = new Pct();
    Extent extent = Extent.unknown(STEPS);
    for (int run = 0; run < runs; run++) {
      pct.begin(Dice.seed(7, run), extent);
      found += toy.run(pct, STEPS, false).ending().isGood() ? 0 : 1;
      extent = pct.extent();
    }
    return (double) found / runs;
  }

  @Test
  void accessesThatAreHeldBackFindWhatManyThreadsHide() {
    StrategyBench bench = new StrategyBench(SEEDS, 500, STEPS);

    Tally held = bench.tally(Toys.reorder(99), new Mix(List.of(new LateAccesses())));
    Tally walked = bench.tally(Toys.reorder(99), new Mix(List.of(new RandomWalk())));

    assertThat(held.missed()).isZero();
    assertThat(walked.found()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strategies")
  void letsTimePassSeldomWhileOthersCanGo(Strategy strategy) {
    List<Integer> moments = new ArrayList<>();
    for (int seed = 0; seed < 200; seed++) {
      strategy.begin(seed, new Extent(1_000_000, 100, 100, 2));
      Crowded crowd = new Crowded();
      int steps = 0;
      while (steps < 1_000 && !crowd.isTime(strategy.choose(crowd))) {
        steps++;
      }
      moments.add(steps);
    }

    assertThat(moments).filteredOn(steps -> steps < 10).isNotEmpty();
    assertThat(moments).filteredOn(steps -> steps == 1_000).hasSizeGreaterThan(60);
  }

  /** Twenty threads that can all go on, one of which yields, and one that sleeps. */
  private static final class Crowded implements Candidates {

    @Override
    public int size() {
      return 21;
    }

    @Override
    public int thread(int index) {
      return index;
    }

    @Override
    public boolean isTime(int index) {
      return index == 20;
    }

    @Override
    public int object(int index) {
      return 1 + index / 5;
    }

    @Override
    public boolean reads(int index) {
      return index % 2 == 0;
    }

    @Override
    public boolean yields(int index) {
      return index == 7;
    }

    @Override
    public int current() {
      return 3;
    }

    @Override
    public int threads() {
      return 20;
    }
  }
}
