package org.katagrade.checks.child;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Ending;
import org.katagrade.agent.explore.ExitCalled;
import org.katagrade.agent.explore.Explorer;
import org.katagrade.agent.explore.Findings;
import org.katagrade.agent.explore.LockName;
import org.katagrade.agent.explore.Program;
import org.katagrade.agent.explore.Run;
import org.katagrade.agent.explore.Schedule;
import org.katagrade.agent.explore.Standing;
import org.katagrade.agent.explore.Story;
import org.katagrade.agent.race.Race;
import org.katagrade.checks.Effort;
import org.katagrade.checks.evidence.Course;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.checks.evidence.Failure;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.HeldLock;
import org.katagrade.checks.evidence.History;
import org.katagrade.checks.evidence.Leak;
import org.katagrade.checks.evidence.LeakedThread;
import org.katagrade.checks.evidence.Lock;
import org.katagrade.checks.evidence.Outcome;
import org.katagrade.checks.evidence.RacesSeen;
import org.katagrade.checks.evidence.Standstill;
import org.katagrade.checks.evidence.Step;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.checks.evidence.Waiting;
import org.katagrade.checks.wire.Sought;

/** Runs one check under chosen schedules; beside the vocabulary, all that knows the explorer. */
final class ExploredCheck {

  /** What was found, and the exploration it was found in. */
  record Found(Outcome outcome, @Nullable Exploration exploration, RacesSeen races) {}

  /** Name of the check's own thread. */
  private static final String CHECK = "check";

  private final KataClassLoader loader;
  private final CheckCall call;
  private final Outcomes outcomes;
  private final Set<String> theirs;
  private final String check;

  ExploredCheck(KataClassLoader loader, String checksType, String check, Set<String> theirs) {
    this.loader = loader;
    this.call = new CheckCall(loader, checksType, check);
    this.check = check;
    this.theirs = theirs;
    this.outcomes = new Outcomes(theirs, checksType);
  }

  /**
   * Looks for a schedule under which the check fails, and for one in which threads race. Whether a
   * check fails in which threads race is not of interest to who seeks races alone.
   */
  Found explore(Sought sought) {
    String unavailable = Explorer.unavailable();
    if (!unavailable.isEmpty()) {
      return new Found(new Outcome.Abandoned(unavailable), null, RacesSeen.NONE);
    }
    RacesSeen races = sought.failures() ? RacesSeen.NONE : races();
    if (!races.races().isEmpty()) {
      return new Found(new Outcome.Passed(), null, races);
    }
    Findings findings = Explorer.explore(program(), Effort.schedules(), Effort.seed());
    Run failure = findings.failure();
    Exploration exploration =
        new Exploration(findings.schedules(), failure == null ? null : course(failure));
    return new Found(
        failure == null ? passed() : outcome(failure),
        exploration,
        sought == Sought.BOTH ? races() : races);
  }

  /** It has, unless the explorer has had to leave a class alone on the way. */
  private static Outcome passed() {
    String unavailable = Explorer.unavailable();
    return unavailable.isEmpty() ? new Outcome.Passed() : new Outcome.Abandoned(unavailable);
  }

  private RacesSeen races() {
    Findings races = Explorer.races(program(), Effort.schedulesForRaces(), Effort.seed());
    return seen(races.failure(), races.schedules());
  }

  /** Runs the check under one schedule. */
  Found replay(String schedule) {
    String unavailable = Explorer.unavailable();
    if (!unavailable.isEmpty()) {
      return new Found(new Outcome.Abandoned(unavailable), null, RacesSeen.NONE);
    }
    Schedule choices = Schedule.parse(schedule);
    Run run = Explorer.replay(program(), choices, Effort.schedules(), false);
    Run watched = Explorer.replay(program(), choices, Effort.schedules(), true);
    return new Found(outcome(run), new Exploration(1, course(run)), seen(watched, 1));
  }

  /** What the race detector saw, if this run is one in which it saw something. */
  private RacesSeen seen(@Nullable Run run, int schedules) {
    return run != null && run.ending() instanceof Ending.Raced(List<Race> races)
        ? new RacesSeen(races.stream().map(RaceWatch::evidence).toList(), schedules, course(run))
        : new RacesSeen(List.of(), schedules, null);
  }

  private Program program() {
    return org.katagrade.checks.Exploration.of(call::make);
  }

  private Outcome outcome(Run run) {
    return switch (run.ending()) {
      case Ending.Completed completed -> new Outcome.Passed();
      case Ending.Raced raced -> new Outcome.Passed(); // told of beside the outcome
      case Ending.Wrong(Throwable thrown, String thread) when isOfWeaving(thrown) ->
          new Outcome.Abandoned("a class cannot be loaded as it was woven: " + thrown);
      case Ending.Wrong(ExitCalled exit, String thread) -> died(exit, thread);
      case Ending.Wrong(Throwable thrown, String thread) ->
          outcomes.of(thrown, thread, loader.submissionTouched());
      case Ending.Deadlock(List<Standing> threads) -> new Outcome.Stuck(standstill(threads));
      case Ending.LostWakeup(List<Standing> threads) -> new Outcome.Stuck(standstill(threads));
      case Ending.Livelock livelock ->
          new Outcome.Hung(
              "threads went on and on: after %d steps no end was in sight".formatted(run.steps()),
              true,
              new History(List.of(), List.of(), List.of(), List.of(), List.of()));
      case Ending.Leaked(List<Standing> threads) ->
          new Outcome.Left(
              new Leak(
                  "expected every thread to end, but %d still %s"
                      .formatted(threads.size(), threads.size() == 1 ? "waits" : "wait"),
                  threads.stream().map(ExploredCheck::leaked).toList(),
                  List.of()));
      case Ending.Abandoned(String reason) -> new Outcome.Abandoned(reason);
    };
  }

  private Outcome died(ExitCalled exit, String thread) {
    return outcomes.of(exit, thread, true) instanceof Outcome.Failed(Failure failure)
        ? new Outcome.Exhausted(String.valueOf(exit.getMessage()), failure)
        : new Outcome.Faulty("an exit was called, but not by the program");
  }

  /** What the compiler wrote needs no verifying, so what is wrong with a class is the weaver's. */
  private static boolean isOfWeaving(Throwable thrown) {
    return thrown instanceof VerifyError
        || (thrown.getCause() != null && thrown.getCause() instanceof VerifyError);
  }

  private Course course(Run run) {
    Story story = run.story();
    List<Step> steps =
        story.steps().stream()
            .map(step -> new Step(step.thread(), step.text(), frame(step.at())))
            .toList();
    return new Course(check, run.schedule().text(), story.threads(), steps, story.cut());
  }

  /** The threads as they stand; the check's own is left out where it only waits for the others. */
  private Standstill standstill(List<Standing> all) {
    List<Standing> threads =
        all.stream().filter(thread -> !hasEnded(thread) && !isOnlyWatching(thread)).toList();
    List<String> standing = threads.stream().map(Standing::thread).toList();
    List<String> gone =
        threads.stream()
            .map(Standing::wants)
            .filter(Objects::nonNull)
            .map(Standing.Wanted::holder)
            .filter(Objects::nonNull)
            .filter(holder -> !standing.contains(holder))
            .distinct()
            .toList();
    return new Standstill(threads.stream().map(thread -> snapshot(thread, all)).toList(), gone, 0);
  }

  /** Whether it only stands here because it holds what others wait for. */
  private static boolean hasEnded(Standing thread) {
    return thread.wants() == null && thread.stack().isEmpty();
  }

  private boolean isOnlyWatching(Standing thread) {
    return thread.thread().equals(CHECK)
        && thread.stack().stream().noneMatch(frame -> theirs.contains(frame.getClassName()));
  }

  private static ThreadSnapshot snapshot(Standing thread, List<Standing> all) {
    Standing.Wanted wanted = thread.wants();
    List<HeldLock> holds = new ArrayList<>();
    thread
        .holds()
        .forEach(held -> holds.add(new HeldLock(lock(held.lock()), frame(held.takenAt()))));
    boolean timed = wanted != null && wanted.timed();
    Thread.State state =
        wanted == null
            ? Thread.State.RUNNABLE
            : timed ? Thread.State.TIMED_WAITING : Thread.State.WAITING;
    return new ThreadSnapshot(
        thread.thread(),
        thread.virtual(),
        state,
        wanted == null ? null : waiting(wanted, all),
        timed,
        holds,
        frames(thread.stack()));
  }

  private static Waiting waiting(Standing.Wanted wanted, List<Standing> all) {
    Waiting.How how =
        switch (wanted.how()) {
          case MONITOR -> Waiting.How.MONITOR;
          case NOTIFICATION -> Waiting.How.NOTIFICATION;
          case LOCK -> Waiting.How.LOCK;
          case CONDITION -> Waiting.How.CONDITION;
          case PARKED, JOIN, SLEEP -> Waiting.How.PARKED;
        };
    LockName object = wanted.object();
    return new Waiting(
        how, object == null ? null : lock(object), wanted.holder(), takenAt(wanted, all));
  }

  private static @Nullable Frame takenAt(Standing.Wanted wanted, List<Standing> all) {
    return all.stream()
        .filter(thread -> thread.thread().equals(wanted.holder()))
        .flatMap(thread -> thread.holds().stream())
        .filter(held -> held.lock().equals(wanted.object()))
        .map(held -> frame(held.takenAt()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static LeakedThread leaked(Standing thread) {
    return LeakedThread.of(
        thread.thread(), thread.virtual(), frames(thread.stack()), frames(thread.startedAt()));
  }

  private static List<Frame> frames(List<StackTraceElement> stack) {
    return stack.stream().map(Frame::of).toList();
  }

  private static Lock lock(LockName name) {
    return new Lock(name.type(), name.number());
  }

  private static @Nullable Frame frame(@Nullable StackTraceElement at) {
    return at == null ? null : Frame.of(at);
  }
}
