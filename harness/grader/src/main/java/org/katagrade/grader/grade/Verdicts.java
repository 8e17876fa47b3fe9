package org.katagrade.grader.grade;

import java.util.List;
import org.katagrade.checks.evidence.History;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.grader.fork.CheckEnd;

/** Makes a verdict of how a check ended. */
final class Verdicts {

  private Verdicts() {}

  static Verdict of(CheckEnd end) {
    return switch (end) {
      case CheckEnd.Reported reported -> of(reported.outcome());
      case CheckEnd.Stopped stopped -> new Verdict.Overran(stopped.limit(), stopped.threads());
      case CheckEnd.Died(String cause) -> new Verdict.Died(cause, null);
      case CheckEnd.Tampered(String how) ->
          new Verdict.Died("results were tampered with: " + how, null);
      case CheckEnd.Lost(String cause) -> new Verdict.HarnessFault(cause);
    };
  }

  /** The same verdict; of threads that are real it says where they took their monitors. */
  static Verdict withMonitors(Verdict verdict, List<ClassBytes> theirs) {
    return switch (verdict) {
      case Verdict.Deadlock(Standstill threads, History history) ->
          new Verdict.Deadlock(new MonitorSites(theirs).in(threads), history);
      case Verdict.LostWakeup(Standstill threads) ->
          new Verdict.LostWakeup(new MonitorSites(theirs).in(threads));
      case Verdict.Overran(String limit, Standstill threads) when threads != null ->
          new Verdict.Overran(limit, new MonitorSites(theirs).in(threads));
      default -> verdict;
    };
  }

  private static Verdict of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed() -> new Verdict.Passed();
      case Outcome.Failed failed -> new Verdict.Wrong(failed.failure());
      case Outcome.Stuck(Standstill standstill) -> of(standstill);
      case Outcome.Left left -> new Verdict.LeftBehind(left.leak());
      case Outcome.Unexplained unexplained -> new Verdict.NotLinearizable(unexplained.history());
      case Outcome.Hung(String summary, boolean running, History history) ->
          running
              ? new Verdict.Livelock(summary, history)
              : new Verdict.Deadlock(new Standstill(List.of(), List.of(), 0), history);
      case Outcome.Exhausted exhausted -> new Verdict.Died(exhausted.cause(), exhausted.failure());
      case Outcome.Abandoned(String reason) -> new Verdict.HarnessFault(reason);
      case Outcome.Faulty(String cause) -> new Verdict.HarnessFault(cause);
    };
  }

  /**
   * A lock nobody will release is a deadlock, be its holder in a circle or gone; anything else is
   * waiting for a signal that does not come.
   */
  private static Verdict of(Standstill standstill) {
    return standstill.cycle().isEmpty()
            && standstill.ended().isEmpty()
            && standstill.lockedOut().isEmpty()
        ? new Verdict.LostWakeup(standstill)
        : new Verdict.Deadlock(standstill, null);
  }
}
