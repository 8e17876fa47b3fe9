package org.katagrade.agent.explore;

import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The search for a schedule under which a program ends badly. What it finds it runs again to see
 * that it repeats itself, shortens, and has told.
 */
final class Search {

  /** What cannot be controlled so often will not be controlled at all. */
  private static final int ABANDONED = 3;

  /** So many runs may come out differently when they are repeated before the search gives up. */
  private static final int UNREPEATED = 2;

  private final Mix mix;
  private final Predicate<Ending> sought;
  private final LongSupplier millis;

  /**
   * @param sought which endings to stop at; others are passed over
   * @param millis processor time used so far
   */
  Search(Mix mix, Predicate<Ending> sought, LongSupplier millis) {
    this.mix = mix;
    this.sought = sought;
    this.millis = millis;
  }

  /** Looks for any bad ending, with the strategies that are known to find most. */
  static Findings search(Runner runner, Budget budget, long seed) {
    return search(runner, budget, seed, ending -> !ending.isGood());
  }

  /** Looks for some endings, with the strategies that are known to find most. */
  static Findings search(Runner runner, Budget budget, long seed, Predicate<Ending> sought) {
    return new Search(Mix.standard(), sought, new ProcessorTime()::millis)
        .find(runner, budget, seed);
  }

  /** Looks until such an ending comes or the budget is spent. */
  Findings find(Runner runner, Budget budget, long seed) {
    long before = millis.getAsLong();
    Confirmation confirmation =
        new Confirmation(
            runner,
            budget.steps(),
            () -> millis.getAsLong() - before - budget.cpuMillis() / 2 < budget.cpuMillis());
    Extent extent = Extent.unknown(budget.steps());
    Recorder recorder = new Recorder();
    Run doubtful = null;
    String chosenBy = "";
    int abandoned = 0;
    int unrepeated = 0;
    int run = 0;
    while (run < budget.schedules()
        && abandoned < ABANDONED
        && unrepeated < UNREPEATED
        && millis.getAsLong() - before < budget.cpuMillis()) {
      Strategy strategy = mix.of(run);
      strategy.begin(Dice.seed(seed, run), extent);
      recorder.begin(strategy);
      Run last = runner.run(recorder, budget.steps(), false);
      extent = strategy.extent();
      run++;
      Run known = null;
      if (last.ending() instanceof Ending.Abandoned) {
        abandoned++;
        known = new Run(recorder.schedule(), last.ending(), last.steps(), last.story());
      } else if (sought.test(last.ending())) {
        known = confirmation.of(recorder.schedule(), last.ending());
        if (!(known.ending() instanceof Ending.Abandoned)) {
          return new Findings(run, known, strategy.name(), millis.getAsLong() - before);
        }
        unrepeated++;
      }
      if (known != null) {
        doubtful = known;
        chosenBy = strategy.name();
      }
    }
    return new Findings(run, doubtful, chosenBy, millis.getAsLong() - before);
  }
}
