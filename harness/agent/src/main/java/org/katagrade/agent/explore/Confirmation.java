package org.katagrade.agent.explore;

import java.util.function.BooleanSupplier;

/** What is done with a run that ended badly: it is repeated, made shorter, and told. */
final class Confirmation {

  private static final int TIMES = 2;

  private final Runner runner;
  private final int steps;
  private final BooleanSupplier more;

  /**
   * @param steps choices after which a run is ended as a livelock
   * @param more whether there is processor time left
   */
  Confirmation(Runner runner, int steps, BooleanSupplier more) {
    this.runner = runner;
    this.steps = steps;
    this.more = more;
  }

  /**
   * Tells of the shortest run that was found to end like this one.
   *
   * @return the run, told; abandoned if the same choices do not lead to the same end
   */
  Run of(Schedule found, Ending ending) {
    Likeness wanted = Likeness.of(ending);
    Run again = run(found, false);
    for (int i = 1; i < TIMES && !Likeness.of(again.ending()).equals(wanted); i++) {
      again = run(found, false);
    }
    if (!Likeness.of(again.ending()).equals(wanted)) {
      return doesNotRepeat(found, ending, again.ending());
    }
    boolean endless = again.steps() >= steps;
    Schedule shortest = new Shortening(runner, steps, endless, wanted, more).of(found);
    Run told = run(shortest, true);
    if (!Likeness.of(told.ending()).equals(wanted)) {
      told = run(found, true);
    }
    return Likeness.of(told.ending()).equals(wanted)
        ? told
        : doesNotRepeat(found, ending, told.ending());
  }

  private Run run(Schedule schedule, boolean told) {
    Run run = runner.run(new Replayer(schedule), steps, told);
    return new Run(schedule, run.ending(), run.steps(), run.story());
  }

  private static Run doesNotRepeat(Schedule schedule, Ending first, Ending second) {
    String reason =
        "the program does not repeat itself: it ended as "
            + Likeness.of(first).text()
            + ", and under the same choices as "
            + Likeness.of(second).text();
    return new Run(schedule, new Ending.Abandoned(reason), 0, Story.NONE);
  }
}
