package org.katagrade.grader.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Course;
import org.katagrade.checks.evidence.DataRace;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.checks.evidence.Failure;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.Leak;
import org.katagrade.checks.evidence.LeakedThread;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.grader.grade.CheckGrade;
import org.katagrade.grader.grade.Verdict;
import org.katagrade.grader.rules.Breach;

/**
 * Tells why one check was lost: the promise, the facts, the threads, the student's line, a hint.
 */
final class Explanation {

  /** Up to the last bracket of the first line, or the first one if more than that is in there. */
  private static final Pattern DESCRIBED =
      Pattern.compile("(?s)\\s*\\[(?:([^\\n]+)] *\\n|(.+?)])\\s*(.*)");

  private static final int MOST_MESSAGE_LINES = 12;

  private final Page page;
  private final SourceLines lines;
  private final Places places;
  private final HistoryView history;
  private final CourseView course;
  private final RaceView races;
  private final String elsewhere;
  private final boolean verbose;

  /**
   * Explanations on a page.
   *
   * @param elsewhere what a command says of where the work is
   */
  Explanation(Page page, SourceLines lines, String elsewhere, boolean verbose) {
    this.elsewhere = elsewhere;
    this.page = page;
    this.lines = lines;
    this.places = new Places(page, lines);
    this.history = new HistoryView(page, lines, verbose);
    this.course = new CourseView(page, lines, verbose);
    this.races = new RaceView(page, places, verbose);
    this.verbose = verbose;
  }

  /** Explains the first check, and names those that failed of the same. */
  void write(Setback setback, String kata) {
    CheckGrade check = setback.first();
    VerdictWord word = VerdictWord.of(check.verdict());
    page.blank();
    page.heading(word.ink(), word.mark(page.marks()), check.title(), word.text());
    page.blank();
    body(check);
    if (!setback.others().isEmpty()) {
      page.blank();
      String label = "also";
      for (CheckGrade other : setback.others()) {
        page.fact(label, other.title());
        label = "";
      }
    }
    if (verbose) {
      page.blank();
      page.command("run alone", "grade %s%s --only %s".formatted(kata, elsewhere, check.id()));
    }
  }

  /** All but the promise. */
  void body(CheckGrade check) {
    Exploration exploration = check.exploration();
    Course failing = exploration == null ? null : exploration.failing();
    facts(check.verdict(), failing);
    if (failing != null) {
      course.show(failing, racesOf(check.verdict()), asleepAtTheEndOf(check.verdict()));
    }
    if (check.token() != null) {
      page.blank();
      page.command("see again", "grade replay %s%s".formatted(check.token(), elsewhere));
    }
    boolean ours = check.verdict() instanceof Verdict.HarnessFault;
    if (!ours && check.verdict().isFailure() && !check.hint().isBlank()) {
      page.blank();
      page.fact(2, "hint", Ink.CARE, check.hint());
    }
  }

  private static List<DataRace> racesOf(Verdict verdict) {
    return verdict instanceof Verdict.DataRace race ? race.races() : List.of();
  }

  private static Set<String> asleepAtTheEndOf(Verdict verdict) {
    return verdict instanceof Verdict.LostWakeup lost
        ? lost.standstill().threads().stream().map(ThreadSnapshot::name).collect(Collectors.toSet())
        : Set.of();
  }

  private void facts(Verdict verdict, @Nullable Course failing) {
    StandstillView standstill = new StandstillView(page, lines, failing, verbose);
    switch (verdict) {
      case Verdict.Passed passed -> {}
      case Verdict.Wrong wrong -> wrong(wrong.failure(), failing);
      case Verdict.NotLinearizable broken -> {
        page.fact("expected", "results that these calls give in some order, one after the other");
        page.fact("but", "no order gives these:");
        history.show(broken.history());
      }
      case Verdict.DataRace race -> races.show(race.races(), failing);
      case Verdict.Deadlock deadlock -> deadlock(deadlock, standstill);
      case Verdict.LostWakeup lost -> standstill.lostWakeup(lost.standstill());
      case Verdict.Livelock livelock -> {
        page.fact("expected", "every call to end");
        page.fact("but", livelock.summary());
        if (!livelock.history().threads().isEmpty()) {
          history.show(livelock.history());
        }
      }
      case Verdict.Overran overran -> {
        page.fact("expected", "an end within the limits of a check");
        page.fact("but", overran.limit());
        if (overran.threads() != null) {
          standstill.threads(overran.threads());
        }
      }
      case Verdict.Died died -> died(died);
      case Verdict.LeftBehind left -> leak(left.leak());
      case Verdict.RuleBroken broken -> broken.breaches().forEach(this::breach);
      case Verdict.NotReached reached ->
          page.fact("not run", "needs " + ThreadNames.list(reached.needs()));
      case Verdict.NotRun notRun -> page.fact("not run", notRun.reason());
      case Verdict.HarnessFault fault -> {
        page.paragraph(
            2,
            Ink.PLAIN,
            "This is not your fault: the grader failed here, and these points are neither won"
                + " nor lost. Grade once more; if it stays, tell who runs the course:");
        page.paragraph(4, Ink.FAINT, fault.cause());
      }
    }
  }

  private void deadlock(Verdict.Deadlock deadlock, StandstillView standstill) {
    if (deadlock.history() == null) {
      standstill.deadlock(deadlock.standstill());
      return;
    }
    page.fact("expected", "every call to end");
    page.fact("but", "potential deadlock detected: the calls wait for each other for ever");
    history.show(deadlock.history());
    page.blank();
    page.fact(
        "suggestion",
        "check the order in which locks are taken; it must be the same in every thread");
  }

  private void died(Verdict.Died died) {
    page.fact("expected", "the program to go on");
    page.fact("but", died.cause());
    if (died.failure() != null) {
      where(died.failure());
    }
  }

  private void wrong(Failure failure, @Nullable Course failing) {
    if (failure.assertion()) {
      assertion(failure, failing == null ? ThreadNames.none() : ThreadNames.of(failing));
    } else {
      page.fact("expected", "no exception");
      page.fact("but", Places.simple(failure.type()) + said(failure));
    }
    where(failure);
  }

  /** Java has no message to say where the program gave none. */
  private static String said(Failure failure) {
    boolean silent = failure.message().isBlank() || failure.message().equals("null");
    return silent ? "" : ": " + failure.message().strip();
  }

  private void assertion(Failure failure, ThreadNames names) {
    Matcher described = DESCRIBED.matcher(failure.message());
    boolean isDescribed = described.matches();
    String what = isDescribed ? description(described) : "";
    String message = isDescribed ? described.group(3) : failure.message();
    if (!what.isEmpty()) {
      page.fact("looked at", what);
    }
    if (failure.expected() != null && failure.actual() != null) {
      page.fact("expected", failure.expected());
      page.fact("but was", failure.actual());
      return;
    }
    List<String> lines = message.strip().lines().filter(line -> !line.isBlank()).toList();
    int shown = verbose ? lines.size() : Math.min(lines.size(), MOST_MESSAGE_LINES);
    for (String line : lines.subList(0, shown)) {
      page.paragraph(2, Ink.PLAIN, names.inMessage(line));
    }
    if (shown < lines.size()) {
      page.paragraph(2, Ink.FAINT, "… and %d more lines".formatted(lines.size() - shown));
    }
  }

  private static String description(Matcher described) {
    String line = described.group(1);
    return (line == null ? described.group(2) : line).strip();
  }

  private void where(Failure failure) {
    List<Frame> theirs = failure.student();
    if (!theirs.isEmpty()) {
      page.blank();
      places.showAll(2, theirs, verbose ? theirs.size() : 2);
    }
    if (verbose && failure.check() != null) {
      page.fact("seen at", failure.check().place());
    }
  }

  private void leak(Leak leak) {
    page.paragraph(2, Ink.PLAIN, leak.summary());
    Map<String, List<LeakedThread>> groups = new LinkedHashMap<>();
    for (LeakedThread thread : leak.threads()) {
      String key =
          places.theirs(thread.startedAt())
              + " "
              + places.theirs(thread.frames())
              + thread.pooled();
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(thread);
    }
    for (List<LeakedThread> group : groups.values()) {
      page.blank();
      leaked(group);
    }
    if (!leak.things().isEmpty()) {
      page.blank();
      for (String thing : leak.things()) {
        page.paragraph(2, Ink.PLAIN, page.marks().open() + " " + thing);
      }
    }
  }

  /** Threads that were started at one place and stand at one place. */
  private void leaked(List<LeakedThread> group) {
    LeakedThread first = group.getFirst();
    List<String> names = group.stream().map(each -> ThreadNames.said(each.name())).toList();
    page.paragraph(2, Ink.STRONG, (first.virtual() ? "virtual " : "") + ThreadNames.many(names));
    if (first.pooled()) {
      page.paragraph(4, Ink.PLAIN, "its executor was not shut down");
    }
    List<Frame> start = places.theirs(first.startedAt());
    if (!start.isEmpty()) {
      page.fact(4, "started in", Ink.PLAIN, Places.method(start.getLast()) + ", at");
      places.showAll(4 + Page.LABEL, start, verbose ? start.size() : 1);
    }
    List<Frame> stands = places.theirs(first.frames());
    if (!stands.isEmpty()) {
      page.fact(4, "stands in", Ink.PLAIN, Places.method(stands.getFirst()) + ", at");
      places.showAll(4 + Page.LABEL, stands, verbose ? stands.size() : 1);
    }
  }

  void breach(Breach breach) {
    page.paragraph(2, Ink.PLAIN, breach.sentence());
    if (breach.at() != null) {
      places.show(4, breach.at());
    }
  }
}
