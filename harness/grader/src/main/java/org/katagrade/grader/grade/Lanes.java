package org.katagrade.grader.grade;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Exploration;
import org.katagrade.checks.evidence.Failure;
import org.katagrade.grader.fork.CheckEnd;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.fork.Series;
import org.katagrade.grader.fork.Standby;
import org.katagrade.grader.fork.Subject;
import org.katagrade.grader.kata.DeclaredCheck;

/**
 * Runs the checks of one grading in lanes of child JVMs: the plain lane takes its checks in order,
 * each check of the model lane is a lane of its own, and as many run at once as there are
 * processors for, the plain lane aside.
 */
final class Lanes {

  private static final String STRETCH_GOAL =
      "the stretch goal, which throws UnsupportedOperationException";

  private final Jvm jvm;
  private final Subject subject;
  private final GradeOptions options;
  private final GradeListener listener;
  private final Map<String, LaneResult> results;
  private final StringBuffer printed;
  private final Stopwatch watch;
  private final Standbys standbys;
  private final AtomicInteger turns = new AtomicInteger();
  private final TwoLanes twoLanes = new TwoLanes();

  Lanes(
      Jvm jvm,
      Subject subject,
      GradeOptions options,
      GradeListener listener,
      Map<String, LaneResult> results,
      StringBuffer printed,
      Stopwatch watch,
      Standbys standbys) {
    this.jvm = jvm;
    this.subject = subject;
    this.options = options;
    this.listener = listener;
    this.results = results;
    this.printed = printed;
    this.watch = watch;
    this.standbys = standbys;
  }

  /** Runs the checks, and beside them something of the grader's own, whose result it returns. */
  <T> T runBeside(Errand errand, Supplier<T> own) throws InterruptedException {
    // The plain lane waits more than it works, so beside others it takes the place of none.
    int atOnce = options.jobs() == 1 ? 1 : options.jobs() + 1;
    ExecutorService lanes =
        Executors.newFixedThreadPool(atOnce, Thread.ofPlatform().name("lane-", 0).factory());
    try {
      List<Future<?>> running = new ArrayList<>();
      running.add(lanes.submit(() -> plainLane(errand.plain())));
      if (options.jobs() == 1) {
        // What it finds need not be found again.
        running.add(lanes.submit(() -> agentLane(errand)));
      }
      // Of what comes after the plain lane, a model check takes longest, so it begins first.
      for (DeclaredCheck check : errand.model()) {
        running.add(lanes.submit(() -> modelLane(check)));
      }
      if (options.jobs() > 1) {
        running.add(lanes.submit(() -> agentLane(errand)));
      }
      long start = System.nanoTime();
      T result = own.get();
      watch.ruled(start);
      for (Future<?> lane : running) {
        lane.get();
      }
      return result;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a lane failed", e.getCause());
    } finally {
      lanes.shutdownNow();
    }
  }

  private boolean plainLane(List<DeclaredCheck> checks) throws InterruptedException {
    long start = System.nanoTime();
    Map<String, DeclaredCheck> byId =
        checks.stream().collect(Collectors.toMap(DeclaredCheck::id, Function.identity()));
    List<String> ids = checks.stream().map(DeclaredCheck::id).toList();
    Series.plain(jvm, subject, options.seed(), false)
        .run(standbys.plain(), ids, id -> worthRunning(byId, id), new Recorder(byId));
    again(ids, byId);
    for (DeclaredCheck check : checks) {
      if (!results.containsKey(check.id())) {
        record(check, new LaneResult(new Verdict.NotReached(missing(check)), 0));
      }
    }
    watch.plainDone(start);
    return true;
  }

  /**
   * Explores checks, and runs others once more under the race detector; makes one verdict of all
   * races.
   */
  private boolean agentLane(Errand errand) throws InterruptedException {
    if (errand.explored().isEmpty() && errand.agent().isEmpty()) {
      return true;
    }
    long start = System.nanoTime();
    List<String> explored = ids(errand.explored());
    List<String> others = ids(errand.agent());
    if (errand.races()) {
      listener.began(DeclaredCheck.race(0));
    }
    Explorations explorations = new Explorations(errand);
    AgentLane lane = new AgentLane(jvm, subject, options.seed(), errand.sought(), standbys.agent());
    LaneResult races = lane.run(explored, others, explorations);
    if (races.verdict() instanceof Verdict.HarnessFault) {
      races = lane.run(explorations.failing(), others, explorations);
    }
    if (errand.races()) {
      results.put(DeclaredCheck.RACE, races);
      listener.ended(DeclaredCheck.race(0), races.verdict());
    }
    explorations.insteadWithRealThreads();
    watch.agentDone(start);
    return true;
  }

  private static List<String> ids(List<DeclaredCheck> checks) {
    return checks.stream().map(DeclaredCheck::id).toList();
  }

  /** Runs once more what was our fault, and what leaked, to see which call started the threads. */
  private void again(List<String> ids, Map<String, DeclaredCheck> byId)
      throws InterruptedException {
    for (String id : ids) {
      LaneResult first = results.get(id);
      if (first == null) {
        continue;
      }
      if (first.verdict() instanceof Verdict.HarnessFault) {
        Series.plain(jvm, subject, options.seed(), false)
            .run(List.of(id), any -> true, new Recorder(byId));
      } else if (first.verdict() instanceof Verdict.LeftBehind left
          && !left.leak().threads().isEmpty()) {
        Series.plain(jvm, subject, options.seed(), true)
            .run(List.of(id), any -> true, new Recorder(byId));
        LaneResult second = results.get(id);
        if (second == null || !(second.verdict() instanceof Verdict.LeftBehind)) {
          results.put(id, first);
        }
      }
    }
  }

  private boolean modelLane(DeclaredCheck check) throws InterruptedException {
    if (twoLanes.hasFailed(check.id())) {
      return true;
    }
    long start = System.nanoTime();
    Map<String, DeclaredCheck> byId = Map.of(check.id(), check);
    int turn = turns.getAndIncrement();
    Series series = Series.model(jvm, subject, options.seed(), turn);
    ModelRecorder recorder = new ModelRecorder(byId);
    Standby first = turn == 0 ? standbys.model() : Standby.none();
    series.run(first, List.of(check.id()), any -> true, recorder);
    if (recorder.isFault()) {
      series.run(List.of(check.id()), any -> true, recorder);
    }
    watch.modelDone(start);
    return true;
  }

  private boolean worthRunning(Map<String, DeclaredCheck> byId, String id) {
    DeclaredCheck check = byId.get(id);
    return check == null || options.everything() || missing(check).isEmpty();
  }

  private static DeclaredCheck find(Map<String, DeclaredCheck> byId, String id) {
    DeclaredCheck check = byId.get(id);
    if (check == null) {
      throw new IllegalStateException("no check " + id);
    }
    return check;
  }

  /** Checks that this one needs and that have not passed. */
  private List<String> missing(DeclaredCheck check) {
    return check.needs().stream()
        .filter(
            need -> {
              LaneResult result = results.get(need);
              return result != null && result.verdict().isFailure();
            })
        .toList();
  }

  private void record(DeclaredCheck check, @Nullable LaneResult result) {
    if (result != null) {
      LaneResult told = isLeftOut(check, result.verdict()) ? leftOut(result) : result;
      results.put(check.id(), told);
      listener.ended(check, told.verdict());
    }
  }

  /** A stretch goal may be left out, and throws this then. */
  private static boolean isLeftOut(DeclaredCheck check, Verdict verdict) {
    return check.bonus()
        && verdict instanceof Verdict.Wrong(Failure failure)
        && !failure.assertion()
        && failure.type().equals(UnsupportedOperationException.class.getName());
  }

  private static LaneResult leftOut(LaneResult result) {
    return new LaneResult(new Verdict.NotReached(List.of(STRETCH_GOAL)), result.cpuMillis());
  }

  /** Writes down what comes of exploring checks. */
  private final class Explorations implements AgentLane.Listener {

    private final boolean silent;
    private final Map<String, DeclaredCheck> byId;

    Explorations(Errand errand) {
      silent = errand.racesAlone();
      byId =
          errand.explored().stream()
              .collect(Collectors.toMap(DeclaredCheck::id, Function.identity()));
    }

    @Override
    public void began(String check) {
      if (!silent) {
        listener.began(find(byId, check));
      }
    }

    @Override
    public void ended(String check, CheckEnd end, Duration cpu) {
      if (silent) {
        return;
      }
      Exploration exploration =
          end instanceof CheckEnd.Reported reported ? reported.exploration() : null;
      DeclaredCheck declared = find(byId, check);
      LaneResult result = new LaneResult(Verdicts.of(end), cpu.toMillis(), exploration);
      record(declared, declared.model() ? twoLanes.explored(check, result) : result);
    }

    /** Those of which there is nothing to say yet, and which no other lane runs. */
    List<String> failing() {
      return byId.keySet().stream()
          .filter(id -> !find(byId, id).model())
          .filter(
              id ->
                  results.get(id) instanceof LaneResult result
                      && result.verdict() instanceof Verdict.HarnessFault)
          .sorted()
          .toList();
    }

    /** What could not be explored to its end is run with real threads, and that counts. */
    void insteadWithRealThreads() throws InterruptedException {
      List<String> left = failing();
      Series.plain(jvm, subject, options.seed(), false)
          .run(left, id -> worthRunning(byId, id), new Recorder(byId));
    }
  }

  /** Writes down what a child reports. */
  private class Recorder implements Series.Listener {

    private final Map<String, DeclaredCheck> byId;

    Recorder(Map<String, DeclaredCheck> byId) {
      this.byId = byId;
    }

    @Override
    public void began(String check) {
      listener.began(find(byId, check));
    }

    @Override
    public void ended(String check, CheckEnd end, Duration cpu) {
      Verdict verdict = Verdicts.withMonitors(Verdicts.of(end), subject.theirs());
      note(find(byId, check), new LaneResult(verdict, cpu.toMillis()));
    }

    void note(DeclaredCheck check, LaneResult result) {
      record(check, result);
    }

    @Override
    public void printed(String text) {
      printed.append(text);
    }
  }

  /** Writes down what a child of the model lane reports, of checks that may be explored as well. */
  private final class ModelRecorder extends Recorder {

    private @Nullable Verdict last;

    ModelRecorder(Map<String, DeclaredCheck> byId) {
      super(byId);
    }

    @Override
    void note(DeclaredCheck check, LaneResult result) {
      last = result.verdict();
      record(check, check.explored() ? twoLanes.modelled(check.id(), result) : result);
    }

    boolean isFault() {
      return last instanceof Verdict.HarnessFault;
    }
  }
}
