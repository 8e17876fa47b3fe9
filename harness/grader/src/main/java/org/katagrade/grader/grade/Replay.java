package org.katagrade.grader.grade;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.katagrade.agent.explore.Token;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.checks.evidence.RacesSeen;
import org.katagrade.grader.fork.CheckEnd;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.fork.Series;
import org.katagrade.grader.fork.Subject;
import org.katagrade.grader.kata.DeclaredCheck;

/** One check under one schedule, and once more with the race detector listening. */
final class Replay implements Series.Listener {

  private final Jvm jvm;
  private final Subject subject;
  private final Token token;
  private final Map<String, LaneResult> results = new HashMap<>();

  Replay(Jvm jvm, Subject subject, Token token) {
    this.jvm = jvm;
    this.subject = subject;
    this.token = token;
  }

  void run() throws InterruptedException {
    Series.replay(jvm, subject, token).run(List.of(token.check()), any -> true, this);
  }

  @Override
  public void began(String check) {}

  @Override
  public void ended(String check, CheckEnd end, Duration cpu) {
    Exploration exploration = null;
    if (end instanceof CheckEnd.Reported reported) {
      exploration = reported.exploration();
      RacesSeen seen = reported.races();
      if (!seen.races().isEmpty()) {
        results.put(
            DeclaredCheck.RACE,
            new LaneResult(
                new Verdict.DataRace(seen.races()),
                0,
                new Exploration(seen.schedules(), seen.course())));
      }
    }
    results.put(check, new LaneResult(Verdicts.of(end), cpu.toMillis(), exploration));
  }

  @Override
  public void printed(String text) {
    // What was printed has been shown by the grade that the token comes from.
  }

  /** What came of the check, and of freedom from races if threads raced in that run. */
  Map<String, LaneResult> results() {
    return results;
  }
}
