package org.katagrade.grader.grade;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.katagrade.checks.evidence.DataRace;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.grader.fork.CheckEnd;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.fork.Series;
import org.katagrade.grader.fork.Subject;

/**
 * Runs checks under the race detector and looks at nothing but races: what else becomes of a check
 * there, the plain lane tells better.
 */
final class RaceLane {

  /** More of them teach nothing. */
  private static final int MOST = 5;

  /** Checks that end their child, after which no more are tried: each costs a new one. */
  private static final int MOST_CHILDREN = 3;

  private final Jvm jvm;
  private final Subject subject;
  private final long seed;

  RaceLane(Jvm jvm, Subject subject, long seed) {
    this.jvm = jvm;
    this.subject = subject;
    this.seed = seed;
  }

  LaneResult run(List<String> checks) throws InterruptedException {
    Finder finder = new Finder();
    // What is found in the first check is enough to know.
    Series.agent(jvm, subject, seed).run(checks, check -> finder.goOn(), finder);
    return new LaneResult(finder.verdict(checks), finder.cpu.toMillis());
  }

  private static final class Finder implements Series.Listener {

    private final List<DataRace> races = new ArrayList<>();
    private String lost = "";
    private int passed;
    private int children;
    private Duration cpu = Duration.ZERO;

    @Override
    public void began(String check) {}

    @Override
    public void ended(String check, CheckEnd end, Duration used) {
      cpu = cpu.plus(used);
      switch (end) {
        case CheckEnd.Reported(Outcome.Raced raced) -> races.addAll(raced.races());
        case CheckEnd.Reported(Outcome.Passed any) -> passed++;
        case CheckEnd.Reported(Outcome.Faulty faulty) -> lost = faulty.cause();
        case CheckEnd.Reported(Outcome.Stuck stuck) -> children++;
        case CheckEnd.Reported other -> {}
        case CheckEnd.Lost(String cause) -> lost = cause;
        case CheckEnd.Stopped stopped -> children++;
        case CheckEnd.Died died -> children++;
      }
    }

    @Override
    public void printed(String text) {}

    boolean goOn() {
      return races.isEmpty() && children < MOST_CHILDREN;
    }

    Verdict verdict(List<String> checks) {
      if (!races.isEmpty()) {
        return new Verdict.DataRace(races.subList(0, Math.min(MOST, races.size())));
      }
      if (!lost.isEmpty()) {
        return new Verdict.HarnessFault(lost);
      }
      return passed == 0 ? new Verdict.NotReached(checks.subList(0, 1)) : new Verdict.Passed();
    }
  }
}
