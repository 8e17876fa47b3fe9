package org.katagrade.agent.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many schedules each strategy needs to find a mistake, over many seeds: what the mix is chosen
 * by. It neither repeats nor shortens what it finds.
 */
public final class StrategyBench {

  private static final int STEPS = 10_000;

  private final int seeds;
  private final int schedules;
  private final int steps;

  /**
   * @param seeds how often a program is explored by each strategy
   * @param schedules after how many it counts as missed
   * @param steps after how many a run counts as endless
   */
  StrategyBench(int seeds, int schedules, int steps) {
    this.seeds = seeds;
    this.schedules = schedules;
    this.steps = steps;
  }

  /** Measures on toys: seeds, schedules. */
  public static void main(String[] args) {
    StrategyBench bench =
        new StrategyBench(Integer.parseInt(args[0]), Integer.parseInt(args[1]), STEPS);
    StrategyTable table = new StrategyTable(bench.schedules);
    Map<String, Toy> toys = new LinkedHashMap<>(Toys.broken());
    toys.putAll(Toys.hard());
    toys.forEach((name, toy) -> table.print(name, bench.tallies(toy)));
    table.printSummary();
  }

  /** By strategy, on a program that is really run; in a JVM with the agent. */
  public static Map<String, Tally> tallies(Program program, int seeds, int schedules) {
    return new StrategyBench(seeds, schedules, STEPS)
        .tallies(new Execution(program, Mode.EXPLORED));
  }

  private Map<String, Tally> tallies(Runner program) {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    for (Strategy strategy : Mix.standard().strategies()) {
      tallies.computeIfAbsent(strategy.name(), _ -> tally(program, new Mix(List.of(strategy))));
    }
    tallies.put("mix", tally(program, Mix.standard()));
    return tallies;
  }

  Tally tally(Runner program, Mix mix) {
    List<Integer> found = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      Extent extent = Extent.unknown(steps);
      boolean good = true;
      int run = 0;
      while (good && run < schedules) {
        Strategy strategy = mix.of(run);
        strategy.begin(Dice.seed(seed, run), extent);
        good = program.run(strategy, steps, false).ending().isGood();
        extent = strategy.extent();
        run++;
      }
      if (!good) {
        found.add(run);
      }
    }
    return new Tally(found, seeds - found.size());
  }
}
