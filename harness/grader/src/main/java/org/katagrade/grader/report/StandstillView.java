package org.katagrade.grader.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Course;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.HeldLock;
import org.katagrade.checks.evidence.Lock;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.checks.evidence.Waiting;

/** Shows threads as they stood: who holds what, who waits for what, and where. */
final class StandstillView {

  private final Page page;
  private final Places places;
  private final LockSites sites;
  private final @Nullable Course course;
  private final boolean verbose;

  /**
   * A view of what stood still.
   *
   * @param course the explored run it stood still in, which has given its threads numbers already
   */
  StandstillView(Page page, SourceLines lines, @Nullable Course course, boolean verbose) {
    this.course = course;
    this.page = page;
    this.places = new Places(page, lines);
    this.sites = new LockSites(lines);
    this.verbose = verbose;
  }

  void deadlock(Standstill standstill) {
    ThreadNames names = ThreadNames.of(standstill, course);
    List<ThreadSnapshot> cycle = standstill.cycle();
    page.fact("expected", "every thread to finish");
    if (!cycle.isEmpty()) {
      page.fact("but", cycleIn(cycle));
      for (ThreadSnapshot thread : cycle) {
        page.blank();
        member(thread, names);
      }
      behind(standstill, cycle, names);
    } else if (standstill.ended().isEmpty()) {
      page.fact("but", lockedOut(standstill.lockedOut()));
      groups(standstill.threads(), names);
    } else {
      page.fact("but", goneIn(standstill, names));
      takenByThoseGone(standstill);
      groups(standstill.threads(), names);
    }
    page.blank();
    page.fact("suggestion", suggestion(standstill, cycle));
  }

  void lostWakeup(Standstill standstill) {
    int waiting = standstill.threads().size();
    page.fact("expected", "every thread to finish");
    page.fact(
        "but",
        "%s; nobody holds what %s for, and nobody is left to wake %s%s"
            .formatted(
                waiting == 1 ? "1 thread still waits" : waiting + " threads still wait",
                waiting == 1 ? "it waits" : "they wait",
                waiting == 1 ? "it" : "them",
                observed(standstill)));
    groups(standstill.threads(), ThreadNames.of(standstill, course));
  }

  /** In a controlled run it is known at once that nobody can go on. */
  private static String observed(Standstill standstill) {
    return standstill.millis() == 0
        ? ""
        : ": nothing moved for " + Millis.said(standstill.millis());
  }

  void threads(Standstill standstill) {
    groups(standstill.threads(), ThreadNames.of(standstill, course));
  }

  private static String cycleIn(List<ThreadSnapshot> cycle) {
    return cycle.size() == 1
        ? "potential deadlock detected: a thread waits for a lock that it holds itself"
        : "potential deadlock detected: %d threads wait for each other in a circle"
            .formatted(cycle.size());
  }

  private static String lockedOut(List<ThreadSnapshot> threads) {
    return ("potential deadlock detected: %s for a lock that nobody will give back; the JVM does"
            + " not tell who has %s")
        .formatted(
            threads.size() == 1 ? "a thread waits" : threads.size() + " threads wait",
            threads.stream().anyMatch(StandstillView::waitsForAStamp)
                ? "a StampedLock"
                : "the read half of one");
  }

  private static boolean waitsForAStamp(ThreadSnapshot thread) {
    Waiting waiting = thread.waiting();
    return waiting != null
        && waiting.lock() != null
        && waiting.lock().type().equals(StampedLock.class.getName());
  }

  private static String goneIn(Standstill standstill, ThreadNames names) {
    Map<String, List<String>> kept = new LinkedHashMap<>();
    for (ThreadSnapshot thread : standstill.threads()) {
      Waiting waiting = thread.waiting();
      if (waiting != null && standstill.ended().contains(waiting.holder())) {
        List<String> locks =
            kept.computeIfAbsent(
                names.of(String.valueOf(waiting.holder())), n -> new ArrayList<>());
        String lock = name(waiting.lock());
        if (!locks.contains(lock)) {
          locks.add(lock);
        }
      }
    }
    String keepers =
        kept.entrySet().stream()
            .map(
                holder ->
                    "%s has left the code that took %s and never released it"
                        .formatted(holder.getKey(), ThreadNames.list(holder.getValue())))
            .collect(Collectors.joining("; "));
    return "potential deadlock detected: "
        + (keepers.isEmpty()
            ? ThreadNames.list(standstill.ended().stream().map(names::of).toList())
                + " left without releasing a lock"
            : keepers);
  }

  /** Where the locks were taken that nobody is left to release. */
  private void takenByThoseGone(Standstill standstill) {
    Map<String, Frame> taken = new LinkedHashMap<>();
    for (ThreadSnapshot thread : standstill.threads()) {
      Waiting waiting = thread.waiting();
      if (waiting != null
          && waiting.takenAt() != null
          && standstill.ended().contains(waiting.holder())) {
        taken.putIfAbsent(name(waiting.lock()), waiting.takenAt());
      }
    }
    taken.forEach(
        (lock, at) -> {
          page.blank();
          page.paragraph(2, Ink.PLAIN, lock + " was taken at");
          places.show(4, at);
        });
  }

  private static String suggestion(Standstill standstill, List<ThreadSnapshot> cycle) {
    if (!standstill.ended().isEmpty()) {
      return "release the lock in a finally block, so that every way out releases it";
    }
    if (cycle.isEmpty()
        && standstill.lockedOut().stream().anyMatch(StandstillView::waitsForAStamp)) {
      return "a StampedLock does not let its holder in again: give it back before you take it"
          + " again";
    }
    if (cycle.isEmpty() || cycle.stream().anyMatch(StandstillView::upgrades)) {
      return "a read lock cannot become a write lock: give it back before you take the other";
    }
    return cycle.size() == 1
        ? "do not take a lock again that does not allow it"
        : "check the order in which locks are taken; it must be the same in every thread";
  }

  /** Whether it wants a write lock and has the read lock of it, or of another. */
  private static boolean upgrades(ThreadSnapshot thread) {
    Waiting waiting = thread.waiting();
    return waiting != null
        && waiting.lock() != null
        && waiting.lock().type().endsWith("WriteLock")
        && thread.holds().stream().anyMatch(held -> held.lock().type().endsWith("ReadLock"));
  }

  private void member(ThreadSnapshot thread, ThreadNames names) {
    title(names.of(thread.name()), thread);
    List<String> elsewhere = new ArrayList<>();
    for (HeldLock held : thread.holds()) {
      Frame takenAt =
          held.takenAt() != null ? held.takenAt() : sites.takenAt(thread, held).orElse(null);
      if (takenAt == null || takenAt.line() < 0) {
        elsewhere.add(name(held.lock()));
      } else {
        page.fact(4, "holds", Ink.PLAIN, name(held.lock()) + ", taken at");
        places.show(4 + Page.LABEL, takenAt);
      }
    }
    if (!elsewhere.isEmpty()) {
      page.fact(4, "holds", Ink.PLAIN, ThreadNames.list(elsewhere));
    }
    Waiting waiting = thread.waiting();
    if (waiting != null) {
      String holder = waiting.holder() == null ? "" : ", held by " + names.of(waiting.holder());
      page.fact(4, "waits for", Ink.PLAIN, name(waiting.lock()) + holder + at(thread));
    }
    where(4 + Page.LABEL, thread.frames());
  }

  /** Threads that only queue up behind the circle. */
  private void behind(Standstill standstill, List<ThreadSnapshot> cycle, ThreadNames names) {
    List<ThreadSnapshot> others =
        standstill.threads().stream().filter(thread -> !cycle.contains(thread)).toList();
    if (others.isEmpty()) {
      return;
    }
    if (verbose) {
      groups(others, names);
    } else {
      page.blank();
      page.paragraph(
          2,
          Ink.FAINT,
          "Behind them %s."
              .formatted(
                  others.size() == 1
                      ? "waits 1 more thread"
                      : "wait " + others.size() + " more threads"));
    }
  }

  private void groups(List<ThreadSnapshot> threads, ThreadNames names) {
    Map<String, List<ThreadSnapshot>> groups = new LinkedHashMap<>();
    for (ThreadSnapshot thread : threads) {
      String key = doing(thread, names) + places.theirs(thread.frames()) + thread.holds();
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(thread);
    }
    for (List<ThreadSnapshot> group : groups.values()) {
      ThreadSnapshot first = group.getFirst();
      page.blank();
      title(names.of(group), first);
      String doing = doing(first, names);
      page.paragraph(4, Ink.PLAIN, (group.size() == 1 ? doing : ofSeveral(doing)) + at(first));
      where(4, first.frames());
    }
  }

  private void title(String who, ThreadSnapshot thread) {
    String operation = places.operation(thread.frames());
    String kind = thread.virtual() ? ", virtual" : "";
    page.paragraph(2, Ink.STRONG, who + kind + (operation.isEmpty() ? "" : ", in " + operation));
  }

  /** The end of a sentence that places follow, where there are any. */
  private String at(ThreadSnapshot thread) {
    return places.theirs(thread.frames()).isEmpty() ? "" : ", at";
  }

  private void where(int indent, List<Frame> frames) {
    List<Frame> theirs = places.theirs(frames);
    places.showAll(indent, theirs, verbose ? theirs.size() : 1);
  }

  private static String doing(ThreadSnapshot thread, ThreadNames names) {
    Waiting waiting = thread.waiting();
    if (waiting == null) {
      return thread.state() == Thread.State.RUNNABLE ? "runs" : "waits";
    }
    String lock = name(waiting.lock());
    String words =
        switch (waiting.how()) {
          case MONITOR -> "waits to enter a synchronized block of " + lock;
          case NOTIFICATION -> "waits to be notified on " + lock;
          case LOCK -> "waits for " + lock;
          case CONDITION -> "waits for a signal on " + lock;
          case PARKED -> waiting.lock() == null ? "is parked" : "is parked on " + lock;
          case CHECK -> "is held by the check";
        };
    String holder =
        Optional.ofNullable(waiting.holder()).map(name -> ", held by " + names.of(name)).orElse("");
    return words + holder + (thread.timed() ? ", with a time limit" : "");
  }

  /** What one thread does, said of several. */
  private static String ofSeveral(String doing) {
    return doing.startsWith("is ")
        ? "are " + doing.substring("is ".length())
        : doing.replaceFirst("^(run|wait)s\\b", "$1");
  }

  /** A lock by its class's own name; what implements a condition is the JDK's business. */
  private static String name(@Nullable Lock lock) {
    if (lock == null) {
      return "something the JVM does not name";
    }
    String type = Places.simple(lock.type());
    boolean condition = type.equals("AbstractQueuedSynchronizer") || type.equals("ConditionObject");
    return (condition ? "Condition" : type) + "#" + lock.number();
  }
}
