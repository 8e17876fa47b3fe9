package org.katagrade.grader.report;

import org.katagrade.grader.grade.Verdict;

/**
 * The verdict in the one or two words that stand beside a check.
 *
 * @param sort what it means for the student
 */
record VerdictWord(String text, Sort sort) {

  /** What a verdict means for the student. */
  enum Sort {
    /** Points won. */
    KEPT,
    /** Points lost, and something to explain. */
    BROKEN,
    /** Not tried. */
    OPEN,
    /** Tried in vain, by our fault. */
    UNKNOWN
  }

  static VerdictWord of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed passed -> new VerdictWord("", Sort.KEPT);
      case Verdict.Wrong wrong -> new VerdictWord("wrong", Sort.BROKEN);
      case Verdict.NotLinearizable history -> new VerdictWord("not linearizable", Sort.BROKEN);
      case Verdict.DataRace races -> new VerdictWord("data race", Sort.BROKEN);
      case Verdict.Deadlock deadlock -> new VerdictWord("deadlock", Sort.BROKEN);
      case Verdict.LostWakeup lost -> new VerdictWord("lost wake-up", Sort.BROKEN);
      case Verdict.Livelock livelock -> new VerdictWord("did not end", Sort.BROKEN);
      case Verdict.Overran overran -> new VerdictWord("overran", Sort.BROKEN);
      case Verdict.Died died -> new VerdictWord("died", Sort.BROKEN);
      case Verdict.LeftBehind left -> new VerdictWord("leak", Sort.BROKEN);
      case Verdict.RuleBroken broken -> new VerdictWord("rule broken", Sort.BROKEN);
      case Verdict.NotReached needs -> new VerdictWord("not run", Sort.OPEN);
      case Verdict.NotRun reason -> new VerdictWord("not run", Sort.OPEN);
      case Verdict.HarnessFault fault -> new VerdictWord("not graded", Sort.UNKNOWN);
    };
  }

  Ink ink() {
    return switch (sort) {
      case KEPT -> Ink.GOOD;
      case BROKEN -> Ink.BAD;
      case OPEN -> Ink.FAINT;
      case UNKNOWN -> Ink.CARE;
    };
  }

  String mark(Marks marks) {
    return switch (sort) {
      case KEPT -> marks.pass();
      case BROKEN -> marks.fail();
      case OPEN -> marks.open();
      case UNKNOWN -> "?";
    };
  }
}
