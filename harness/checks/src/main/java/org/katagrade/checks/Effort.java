package org.katagrade.checks;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.katagrade.agent.explore.Budget;

/**
 * Every budget of the hidden checks: how often, with how many threads, how deep.
 *
 * <p>Budgets are counts, never durations, so that a busy machine changes how long a check takes and
 * not what it says. Each figure is the smallest that catches every known mistake with room to
 * spare.
 */
public final class Effort {

  /** Interleavings Lincheck tries for each scenario. */
  static final int INVOCATIONS = 20;

  /** Rounds of one loop before a call that seemed never to end is believed never to. */
  static final int LOOP_BOUND = 10_000;

  /** Calls of a method within itself before it is. */
  static final int RECURSION_BOUND = 1_000;

  /** Runs of each scenario where Lincheck can only stress-test. */
  static final int STRESS_INVOCATIONS = 2_000;

  /** Scenarios tried in one check of linearizability. */
  private static final int SCENARIOS = 10;

  /** Of these, scenarios Lincheck makes up, however many an author gives. */
  private static final int MADE_UP = 3;

  private static final int ROUNDS = 40;

  /** The race detector needs no luck: what happens in a few rounds, it sees. */
  private static final int ROUNDS_FOR_RACES = 8;

  /** Schedules are chosen instead. */
  private static final int ROUNDS_IF_EXPLORED = 1;

  /** Runs of a check that is explored; most mistakes show within a hundred. */
  private static final int SCHEDULES = 300;

  /** The race detector needs no luck there either. */
  private static final int SCHEDULES_FOR_RACES = 10;

  /** Choices in one run; checks of the katas make some hundreds. */
  private static final int STEPS = 20_000;

  /** Processor time after which no further schedule is tried. */
  private static final long SCHEDULES_CPU_MILLIS = 5_000;

  private static volatile long seed = 1;
  private static volatile boolean races;

  private Effort() {}

  /** One repetition of a check: its number from 0 and a seed of its own. */
  public record Round(int number, long seed) {

    /** A generator for this round's choices, the same in every run with the same seed. */
    public SplittableRandom random() {
      return new SplittableRandom(seed);
    }
  }

  /** Repetitions for a check that hopes for a bad moment rather than forcing it. */
  public static List<Round> rounds() {
    return rounds(ROUNDS);
  }

  /**
   * As many repetitions as asked for, for rounds that cost much more or less than usual; fewer
   * under the race detector, and one in a run that is explored.
   */
  public static List<Round> rounds(int count) {
    long base = seed;
    return IntStream.range(0, Math.min(count, mostRounds()))
        .mapToObj(i -> new Round(i, base * 0x9E3779B97F4A7C15L + i))
        .toList();
  }

  private static int mostRounds() {
    if (Surroundings.current().isExplored()) {
      return ROUNDS_IF_EXPLORED;
    }
    return races ? ROUNDS_FOR_RACES : Integer.MAX_VALUE;
  }

  /**
   * Crowd sizes every kata is run at somewhere: alone, a few, many; the more threads, the fewer of
   * their schedules can be tried.
   */
  public static List<Integer> crowds() {
    if (Surroundings.current().isExplored()) {
      return List.of(1, 3);
    }
    return races ? List.of(1, 10) : List.of(1, 10, 100);
  }

  /**
   * How many of something: many with real threads, where only luck makes them meet, and a few in a
   * run that is explored.
   */
  public static int many(int withRealThreads, int explored) {
    return Surroundings.current().isExplored() ? explored : withRealThreads;
  }

  /** How far a check is explored. */
  public static Budget schedules() {
    return new Budget(SCHEDULES, STEPS, SCHEDULES_CPU_MILLIS);
  }

  /** How far a check is explored under the race detector. */
  public static Budget schedulesForRaces() {
    return new Budget(SCHEDULES_FOR_RACES, STEPS, SCHEDULES_CPU_MILLIS);
  }

  /** How many scenarios Lincheck makes up beside those an author gave. */
  static int scenariosBeside(int given) {
    return Math.max(MADE_UP, SCENARIOS - given);
  }

  /** Takes the budgets of the race detector; called once by the child's main, before any check. */
  public static void lookForRaces() {
    races = true;
  }

  /** The seed of this run, from which every choice in it follows. */
  public static long seed() {
    return seed;
  }

  /**
   * Sets the seed for all checks of this JVM; called once by the child's main, before any check.
   */
  public static void useSeed(long newSeed) {
    seed = newSeed;
  }
}
