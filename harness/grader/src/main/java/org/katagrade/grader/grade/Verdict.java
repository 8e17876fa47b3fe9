package org.katagrade.grader.grade;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Failure;
import org.katagrade.checks.evidence.History;
import org.katagrade.checks.evidence.Leak;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.grader.rules.Breach;

/**
 * What became of one check, with the evidence for it. What happened decides the verdict, never
 * where it was noticed.
 */
public sealed interface Verdict {

  /** The promise was kept. */
  record Passed() implements Verdict {}

  /** An assertion failed, or there was an exception nobody expected. */
  record Wrong(Failure failure) implements Verdict {}

  /** No sequential order explains a history. */
  record NotLinearizable(History history) implements Verdict {}

  /** Accesses to one variable that nothing orders. */
  record DataRace(List<org.katagrade.checks.evidence.DataRace> races) implements Verdict {
    public DataRace {
      races = List.copyOf(races);
    }
  }

  /**
   * Nobody can run: threads wait for locks that will never be released.
   *
   * @param standstill the threads as they stood; none if it happened in a controlled run
   * @param history the controlled run it happened in, if it did
   */
  record Deadlock(Standstill standstill, @Nullable History history) implements Verdict {}

  /** Nobody can run, and nobody holds what they wait for. */
  record LostWakeup(Standstill standstill) implements Verdict {}

  /** Threads of a controlled run went on and on, and no end was seen. */
  record Livelock(String summary, History history) implements Verdict {}

  /** It was stopped at a limit. */
  record Overran(String limit, @Nullable Standstill threads) implements Verdict {}

  /** The program ended, or ended the JVM. */
  record Died(String cause, @Nullable Failure failure) implements Verdict {}

  /** Threads, permits or connections were left behind. */
  record LeftBehind(Leak leak) implements Verdict {
    @Override
    public String name() {
      return "Leak";
    }
  }

  /** Rules that cost points were broken. */
  record RuleBroken(List<Breach> breaches) implements Verdict {
    public RuleBroken {
      breaches = List.copyOf(breaches);
    }
  }

  /**
   * It was not worth running, since checks it needs had not passed, or since it is a bonus and what
   * it is for was left out.
   */
  record NotReached(List<String> needs) implements Verdict {

    /** Of what says nothing of a solution of which nothing else passes. */
    static final NotReached BY_ANY = new NotReached(List.of("another check to pass"));

    public NotReached {
      needs = List.copyOf(needs);
    }
  }

  /** It was not asked for in this run. */
  record NotRun(String reason) implements Verdict {}

  /** Something of ours failed; neither lost nor won. */
  record HarnessFault(String cause) implements Verdict {}

  /** The names of those that a wrong solution can get, in alphabetical order. */
  static List<String> names() {
    return List.of(
        "DataRace",
        "Deadlock",
        "Died",
        "Leak",
        "Livelock",
        "LostWakeup",
        "NotLinearizable",
        "Overran",
        "RuleBroken",
        "Wrong");
  }

  /** The name reports and folders of mutants use. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** Whether points were lost, by the submission's doing. */
  default boolean isFailure() {
    return counts() && !(this instanceof Passed);
  }

  /** Whether the check says anything about the submission at all. */
  default boolean counts() {
    return !(this instanceof HarnessFault || this instanceof NotRun);
  }
}
