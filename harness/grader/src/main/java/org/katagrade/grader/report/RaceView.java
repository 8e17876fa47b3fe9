package org.katagrade.grader.report;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Course;
import org.katagrade.checks.evidence.DataRace;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.HeldLock;

/** Shows data races: both accesses with their lines, and what locks have to do with it. */
final class RaceView {

  private final Page page;
  private final Places places;
  private final boolean verbose;

  RaceView(Page page, Places places, boolean verbose) {
    this.page = page;
    this.places = places;
    this.verbose = verbose;
  }

  /**
   * Shows them, with the names that threads have in the run that came to the first of them, if
   * there is one.
   */
  void show(List<DataRace> races, @Nullable Course course) {
    page.fact(
        "expected", "something that orders two threads' accesses, a lock or volatile for instance");
    int shown = verbose ? races.size() : 1;
    ThreadNames names = course == null ? ThreadNames.none() : ThreadNames.of(course);
    for (DataRace race : races.subList(0, shown)) {
      page.fact("but", "nothing orders these accesses to " + named(race.variable()) + ":");
      access(race.current(), names);
      access(race.previous(), names);
      page.blank();
      page.paragraph(2, Ink.PLAIN, advice(race));
    }
    if (shown < races.size()) {
      int rest = races.size() - shown;
      page.paragraph(
          2, Ink.FAINT, "… and %d more data race%s".formatted(rest, rest == 1 ? "" : "s"));
    }
  }

  private void access(DataRace.Access access, ThreadNames names) {
    page.blank();
    page.fact(
        4,
        access.write() ? "written" : "read",
        Ink.STRONG,
        "by " + names.added(access.thread()) + ", at");
    List<Frame> theirs = places.theirs(access.frames());
    List<Frame> frames = theirs.isEmpty() ? access.frames().subList(0, 1) : theirs;
    places.showAll(4 + Page.LABEL, frames, verbose ? frames.size() : 2);
  }

  private static String named(String variable) {
    if (!variable.startsWith("java.")) {
      int inner = variable.lastIndexOf('$');
      boolean anonymous = inner >= 0 && Character.isDigit(variable.charAt(inner + 1));
      return anonymous ? variable : variable.substring(inner + 1);
    }
    String type = Places.simple(variable);
    boolean vowel = "AEIO".indexOf(type.charAt(0)) >= 0;
    return "the contents of %s %s".formatted(vowel ? "an" : "a", type);
  }

  private static String advice(DataRace race) {
    List<HeldLock> one = race.current().held();
    List<HeldLock> other = race.previous().held();
    if (one.isEmpty() && other.isEmpty()) {
      return "Neither holds a lock.";
    }
    return "They hold no lock in common: the first holds %s, the second %s."
        .formatted(locks(one), locks(other));
  }

  private static String locks(List<HeldLock> held) {
    return held.isEmpty()
        ? "none"
        : held.stream().map(lock -> lock.lock().toString()).collect(Collectors.joining(" and "));
  }
}
