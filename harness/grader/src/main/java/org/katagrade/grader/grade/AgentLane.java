package org.katagrade.grader.grade;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Course;
import org.katagrade.checks.evidence.DataRace;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.checks.evidence.RacesSeen;
import org.katagrade.checks.wire.Sought;
import org.katagrade.grader.fork.CheckEnd;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.fork.Series;
import org.katagrade.grader.fork.Standby;
import org.katagrade.grader.fork.Subject;

/**
 * Runs checks under the agent: those to be explored under chosen schedules, and any others with
 * real threads. Of all of them it takes the data races; what else becomes of a check that is not
 * explored, the plain lane tells better.
 */
final class AgentLane {

  /** More of them teach nothing. */
  private static final int MOST = 5;

  /** Checks that end their child, after which no more are tried: each costs a new one. */
  private static final int MOST_CHILDREN = 3;

  /** Hears of the checks that are explored. */
  interface Listener {
    void began(String check);

    void ended(String check, CheckEnd end, Duration cpu);
  }

  private final Jvm jvm;
  private final Subject subject;
  private final long seed;
  private final Sought sought;
  private final Standby standby;

  AgentLane(Jvm jvm, Subject subject, long seed, Sought sought, Standby standby) {
    this.jvm = jvm;
    this.subject = subject;
    this.seed = seed;
    this.sought = sought;
    this.standby = standby;
  }

  /**
   * Runs them.
   *
   * @param explored ids of checks to explore; if failures are sought, whatever is found
   * @param others ids of checks to run for their races, as long as there are none
   * @return what is to be said of races
   */
  LaneResult run(List<String> explored, List<String> others, Listener listener)
      throws InterruptedException {
    // Real threads first: explored ones may leave the JVM's common pool without workers.
    List<String> all = new ArrayList<>(others);
    all.addAll(explored);
    Finder finder = new Finder(explored, sought.failures(), listener);
    Series.agent(jvm, subject, seed, explored, sought).run(standby, all, finder::isWorth, finder);
    return finder.result(all);
  }

  private static final class Finder implements Series.Listener {

    private final List<String> explored;
    private final boolean failures;
    private final Listener listener;
    private final List<DataRace> races = new ArrayList<>();
    private @Nullable Course course;
    private String lost = "";
    private CheckEnd.@Nullable Tampered unbelieved;
    private int schedules;
    private int passed;
    private int children;
    private Duration cpu = Duration.ZERO;
    private Duration dearest = Duration.ZERO;

    Finder(List<String> explored, boolean failures, Listener listener) {
      this.explored = explored;
      this.failures = failures;
      this.listener = listener;
    }

    @Override
    public void began(String check) {
      if (explored.contains(check)) {
        listener.began(check);
      }
    }

    @Override
    public void ended(String check, CheckEnd end, Duration used) {
      switch (end) {
        case CheckEnd.Reported(Outcome outcome, Exploration exploration, RacesSeen seen) ->
            reported(outcome, exploration, seen);
        case CheckEnd.Lost(String cause) -> lost = cause;
        case CheckEnd.Stopped stopped -> children++;
        case CheckEnd.Died died -> children++;
        case CheckEnd.Tampered tampered -> unbelieved = tampered;
      }
      if (explored.contains(check)) {
        listener.ended(check, end, used);
      } else {
        cpu = cpu.plus(used);
        dearest = used.compareTo(dearest) > 0 ? used : dearest;
      }
    }

    private void reported(Outcome outcome, @Nullable Exploration exploration, RacesSeen seen) {
      if (races.isEmpty()) {
        schedules = seen.races().isEmpty() ? schedules + seen.schedules() : seen.schedules();
        races.addAll(seen.races());
        course = seen.course();
      }
      if (outcome instanceof Outcome.Passed) {
        passed++;
      } else if (outcome instanceof Outcome.Faulty faulty) {
        lost = faulty.cause();
      } else if (outcome instanceof Outcome.Stuck && exploration == null) {
        children++;
      }
    }

    @Override
    public void printed(String text) {
      // What a check prints that is run again, or many times, has been shown or says nothing.
    }

    boolean isWorth(String check) {
      return explored.contains(check)
          ? failures || races.isEmpty()
          : races.isEmpty() && children < MOST_CHILDREN;
    }

    LaneResult result(List<String> checks) {
      Exploration exploration = schedules == 0 ? null : new Exploration(schedules, course);
      return new LaneResult(verdict(checks), cpu.toMillis(), dearest.toMillis(), exploration);
    }

    private Verdict verdict(List<String> checks) {
      if (unbelieved != null) {
        return Verdicts.of(unbelieved);
      }
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
