package org.katagrade.agent.explore;

import org.katagrade.agent.race.Races;

/** Explores programs in this JVM, which was started with the agent and its option explore. */
public final class Explorer {

  private static final String OFF = "the agent was started without its option explore";
  private static volatile String unavailable = OFF;

  private static boolean tried;
  private static volatile Runnable weaving = () -> {};

  private Explorer() {}

  /** Called by the agent before anything is woven. */
  public static void prepare() {
    Internals.strandOf(Thread.currentThread());
    Execution.me();
  }

  /**
   * Called by the agent when everything is woven.
   *
   * @param beforeRuns weaves what has been loaded since
   */
  public static void begin(Runnable beforeRuns) {
    Races.tell(new Execution.Ear());
    Globals globals = new Globals();
    globals.begin();
    globals.end();
    weaving = beforeRuns;
    if (unavailable.equals(OFF)) {
      unavailable = "";
    }
  }

  /** Called by the agent if that failed, or when it fails later. */
  public static void fail(String reason) {
    unavailable = reason;
  }

  /**
   * Does something on behalf of the agent, which is no part of the run that the calling thread may
   * be in.
   */
  public static void outside(Runnable action) {
    Strand strand = Execution.running;
    Execution.running = null;
    try {
      action.run();
    } finally {
      Execution.running = strand;
    }
  }

  /** Why programs cannot be explored in this JVM; empty if they can. Tried when first asked. */
  public static synchronized String unavailable() {
    if (unavailable.isEmpty() && !tried) {
      tried = true;
      weaving.run();
      String failure = SelfTest.failure();
      if (!failure.isEmpty()) {
        fail(failure);
      }
    }
    return unavailable;
  }

  /**
   * Runs a program under one schedule after another, until one ends badly or the budget is spent.
   * Nobody looks for races.
   */
  public static Findings explore(Program program, Budget budget, long seed) {
    return Search.search(runner(program, false), budget, seed);
  }

  /**
   * Runs a program under one schedule after another, until a race is told of or the budget is
   * spent. Other bad endings are passed over.
   */
  public static Findings races(Program program, Budget budget, long seed) {
    return Search.search(
        runner(program, true), budget, seed, ending -> ending instanceof Ending.Raced);
  }

  /**
   * Runs a program under this schedule and tells what happened.
   *
   * @param detector whether the race detector listens
   */
  public static Run replay(Program program, Schedule schedule, Budget budget, boolean detector) {
    Runner runner = runner(program, detector);
    // The first run of a program loads classes, of which the story need not tell.
    runner.run(new Replayer(schedule), budget.steps(), false);
    Run run = runner.run(new Replayer(schedule), budget.steps(), true);
    return new Run(schedule, run.ending(), run.steps(), run.story());
  }

  private static Runner runner(Program program, boolean detector) {
    String reason = unavailable();
    if (!reason.isEmpty()) {
      throw new IllegalStateException(reason);
    }
    weaving.run();
    return new Execution(program, detector ? Mode.WATCHED : Mode.EXPLORED);
  }
}
