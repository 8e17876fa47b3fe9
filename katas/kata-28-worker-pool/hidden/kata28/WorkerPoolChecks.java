package kata28;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.Check;
import org.katagrade.checks.Clock;
import org.katagrade.checks.Crowd;
import org.katagrade.checks.Effort;
import org.katagrade.checks.Eventually;
import org.katagrade.checks.Explored;
import org.katagrade.checks.Gate;
import org.katagrade.checks.Graded;
import org.katagrade.checks.Leaks;
import org.katagrade.checks.Meeting;

/**
 * Hidden checks for kata 28.
 *
 * <p>There is none for linearizability: the pool has threads of its own, which Lincheck does not
 * steer.
 */
@Graded(
    race = 10,
    rules = 5,
    forbidden = {
      "java.util.concurrent.ThreadPoolExecutor",
      "java.util.concurrent.ScheduledThreadPoolExecutor",
      "java.util.concurrent.Executors",
      "java.util.concurrent.ForkJoinPool"
    })
public final class WorkerPoolChecks {

  @Check(
      points = 5,
      title = "every job has its result, and after the last one the results end",
      hint = "Who knows when the last result has been taken, and whom does it have to tell?")
  void everyJobHasItsResult() throws Exception {
    for (int workers : Effort.crowds()) {
      WorkerPool<Integer, Integer> pool =
          new Solution<>(
              workers,
              job -> {
                LockSupport.parkNanos(job * 7919 % 200 * 1_000L);
                return job % 10 == 3 ? null : job * job;
              });
      List<Outcome<Integer, Integer>> expected = new ArrayList<>();
      for (int job = 0; job < 100; job++) {
        pool.submit(job);
        expected.add(new Outcome.Done<>(job, job % 10 == 3 ? null : job * job));
      }
      pool.shutdown(Shutdown.DRAIN);
      assertThat(rest(pool)).as("results of 100 jobs in a pool of %d", workers).isEqualTo(expected);
      assertThat(pool.results().next()).as("the end, asked for once more").isEmpty();
    }
  }

  @Check(
      points = 5,
      title = "results come in the order of submission, whoever takes them",
      hint = "What does the second caller do while the first waits for a slow job?")
  @Explored
  void resultsInOrder() throws Exception {
    try (Gate first = Gate.at("the first job")) {
      AtomicInteger others = new AtomicInteger();
      WorkerPool<Integer, Integer> pool =
          new Solution<>(
              3,
              job -> {
                if (job == 0) {
                  first.pass();
                } else {
                  others.incrementAndGet();
                }
                return job;
              });
      submitAll(pool, 3);
      Eventually.holds("two jobs to be done beside a slow one", () -> others.get() == 2);
      try (Crowd<Optional<Outcome<Integer, Integer>>> takers =
          Crowd.of(2, () -> pool.results().next())) {
        takers.allBlock();
        first.open();
        takers.allFinish();
        assertThat(takers.results())
            .as("what two callers get")
            .containsExactlyInAnyOrder(Optional.of(done(0)), Optional.of(done(1)));
      }
      pool.shutdown(Shutdown.DRAIN);
      assertThat(rest(pool)).as("what is left").containsExactly(done(2));
    }
  }

  @Check(
      points = 8,
      title = "there are as many jobs at work as there are workers, and never more",
      hint = "How many threads take jobs, and what starts them?")
  void asManyAtOnceAsWorkers() throws Exception {
    for (int workers : new int[] {1, 4, 10}) {
      Meeting meeting = Meeting.of(workers, "as many jobs as workers, %d".formatted(workers));
      WorkerPool<Integer, Integer> pool =
          new Solution<>(
              workers,
              job -> {
                meeting.attend();
                return job;
              });
      submitAll(pool, workers);
      pool.shutdown(Shutdown.DRAIN);
      rest(pool);
      meeting.mustHaveHappened();
    }
    try (Gate gate = Gate.at("a job")) {
      WorkerPool<Integer, Integer> pool =
          new Solution<>(
              4,
              job -> {
                gate.pass();
                return job;
              });
      submitAll(pool, 9);
      gate.awaitArrivals(4);
      settle();
      assertThat(gate.arrivals()).as("jobs of 9 at work at once, with 4 workers").isEqualTo(4);
      gate.open();
      pool.shutdown(Shutdown.DRAIN);
      assertThat(rest(pool)).as("results").hasSize(9);
    }
  }

  @Check(
      points = 8,
      title = "a job that fails kills no worker and leaves no trace",
      hint = "What can a job throw, and what can it leave behind in its thread?")
  void failureKillsNoWorker() throws Exception {
    List<Throwable> failures =
        List.of(
            new Exception("checked"),
            new IllegalStateException("unchecked"),
            new LinkageError("an error"),
            new InterruptedException("as if interrupted"));
    WorkerPool<Integer, Boolean> pool =
        new Solution<>(
            1,
            job -> {
              boolean interrupted = Thread.currentThread().isInterrupted();
              if (job < failures.size()) {
                raise(failures.get(job));
              }
              if (job % 2 == 0) {
                Thread.currentThread().interrupt();
              }
              return interrupted;
            });
    submitAll(pool, failures.size() + 3);
    pool.shutdown(Shutdown.DRAIN);
    List<Outcome<Integer, Boolean>> expected = new ArrayList<>();
    for (Throwable failure : failures) {
      expected.add(new Outcome.Failed<>(expected.size(), failure));
    }
    for (int i = 0; i < 3; i++) {
      expected.add(new Outcome.Done<>(expected.size(), false));
    }
    assertThat(rest(pool))
        .as("four jobs that throw, and three that say whether they find an interrupt")
        .isEqualTo(expected);
  }

  @Check(
      points = 8,
      title = "a pool that drains does every job to its end",
      hint = "Which jobs are there that are no longer in the queue?")
  @Explored
  void drainLosesNothing() throws Exception {
    try (Gate gate = Gate.at("a job")) {
      WorkerPool<Integer, Integer> pool =
          new Solution<>(
              2,
              job -> {
                gate.passInterruptibly();
                return job;
              });
      submitAll(pool, 20);
      gate.awaitArrivals(2);
      pool.shutdown(Shutdown.DRAIN);
      settle();
      gate.open();
      assertThat(rest(pool)).as("two jobs at work and 18 in the queue").isEqualTo(doneUpTo(20));
    }
    try (Gate gate = Gate.at("the last job")) {
      WorkerPool<Integer, Integer> pool =
          new Solution<>(
              2,
              job -> {
                gate.passInterruptibly();
                return job;
              });
      pool.submit(0);
      gate.awaitArrivals(1);
      pool.shutdown(Shutdown.DRAIN);
      try (Crowd<Optional<Outcome<Integer, Integer>>> taker =
          Crowd.of(1, () -> pool.results().next())) {
        taker.allBlock();
        gate.open();
        taker.allFinish();
        assertThat(taker.results())
            .as("the job that was at work when the pool was shut down")
            .containsExactly(Optional.of(done(0)));
      }
      assertThat(rest(pool)).as("what is left").isEmpty();
    }
  }

  @Check(
      points = 9,
      title = "a pool shut down now cancels what waits and interrupts what runs",
      hint = "Where does a job go that nobody will do?")
  @Explored
  void nowCancels() throws Exception {
    try (Gate gate = Gate.at("a job that ends only by an interrupt")) {
      WorkerPool<Integer, Integer> pool =
          new Solution<>(
              2,
              job -> {
                if (job == 0) {
                  gate.passInterruptibly();
                } else {
                  gate.pass();
                }
                return job;
              });
      submitAll(pool, 6);
      gate.awaitArrivals(2);
      pool.shutdown(Shutdown.NOW);
      pool.shutdown(Shutdown.DRAIN);
      List<Outcome<Integer, Integer>> outcomes = rest(pool);
      assertThat(outcomes).as("results of 6 jobs").hasSize(6);
      assertThat(outcomes.getFirst())
          .as("the job that threw when it was interrupted")
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.cause()).isInstanceOf(InterruptedException.class));
      assertThat(outcomes.get(1))
          .as("the job that returned when it was interrupted")
          .isEqualTo(done(1));
      assertThat(outcomes.subList(2, 6))
          .as("the jobs that had not begun")
          .containsExactly(cancelled(2), cancelled(3), cancelled(4), cancelled(5));
    }
    try (Gate gate = Gate.at("a job that ends only by an interrupt")) {
      WorkerPool<Integer, Integer> pool =
          new Solution<>(
              1,
              job -> {
                gate.pass();
                return job;
              });
      submitAll(pool, 3);
      gate.awaitArrivals(1);
      pool.shutdown(Shutdown.DRAIN);
      pool.shutdown(Shutdown.NOW);
      assertThat(rest(pool))
          .as("a pool that drained and is shut down now")
          .containsExactly(done(0), cancelled(1), cancelled(2));
    }
    for (int i = 0; i < 3; i++) {
      nowMeetsJobsAboutToBegin();
    }
  }

  /** Which jobs have begun when the pool is shut down is left to chance. */
  private static void nowMeetsJobsAboutToBegin() throws Exception {
    try (Gate gate = Gate.at("a job that ends only by an interrupt")) {
      Queue<Integer> begun = new ConcurrentLinkedQueue<>();
      WorkerPool<Integer, Integer> pool =
          new Solution<>(
              2,
              job -> {
                begun.add(job);
                gate.pass();
                return job;
              });
      submitAll(pool, 3);
      pool.shutdown(Shutdown.NOW);
      List<Outcome<Integer, Integer>> outcomes = rest(pool);
      assertThat(outcomes)
          .as("results where jobs %s began and were interrupted", begun)
          .isEqualTo(
              IntStream.range(0, 3)
                  .mapToObj(job -> begun.contains(job) ? done(job) : cancelled(job))
                  .toList());
    }
  }

  @Check(
      points = 8,
      title = "a job is either refused or answered, also while the pool is being shut down",
      hint = "What can happen between the look whether the pool is open and the job's way in?",
      needs = "everyJobHasItsResult")
  @Explored
  void acceptedMeansAnswered() throws Exception {
    for (Shutdown how : Shutdown.values()) {
      try (Gate gate = Gate.at("a job that submits another")) {
        Queue<Boolean> refused = new ConcurrentLinkedQueue<>();
        List<WorkerPool<Integer, Integer>> self = new ArrayList<>();
        WorkerPool<Integer, Integer> pool =
            new Solution<>(
                1,
                job -> {
                  if (job == 0) {
                    gate.pass();
                    refused.add(!isAccepted(self.getFirst(), 99));
                  }
                  return job;
                });
        self.add(pool);
        pool.submit(0);
        gate.awaitArrivals(1);
        pool.shutdown(how);
        assertThatThrownBy(
                () -> pool.submit(1),
                "submit to a pool that is shut down, which must throw IllegalStateException")
            .isInstanceOf(IllegalStateException.class);
        gate.open();
        assertThat(rest(pool)).as("the one job that was accepted").containsExactly(done(0));
        assertThat(refused).as("whether a job's own job is refused").containsExactly(true);
      }
    }
    // Most rounds end now: then it takes a moment, and not the whole queue, until workers leave.
    for (Effort.Round round : Effort.rounds(110)) {
      submittersRaceShutdown(Shutdown.NOW);
    }
    for (Effort.Round round : Effort.rounds(40)) {
      submittersRaceShutdown(Shutdown.DRAIN);
    }
  }

  private static void submittersRaceShutdown(Shutdown how) throws Exception {
    WorkerPool<Integer, Integer> pool = new Solution<>(1, job -> job);
    AtomicInteger accepted = new AtomicInteger();
    try (Crowd<Void> crowd =
        Crowd.numbered(
            Effort.many(12, 2),
            number -> {
              int most = Effort.many(2_000, 2);
              for (int job = 0; job < most && isAccepted(pool, job); job++) {
                accepted.incrementAndGet();
                if (number == 0 && job == Effort.many(60, 0)) {
                  pool.shutdown(how);
                }
              }
              return null;
            })) {
      crowd.allFinish();
    }
    assertThat(rest(pool))
        .as("results of the jobs that were accepted while the pool was shut down")
        .hasSize(accepted.get());
  }

  @Check(
      points = 8,
      title = "nobody who waits for a result sleeps through it",
      hint = "How many results become ready when one slow job ends, and how many callers wait?")
  @Explored
  void wakesEveryTaker() throws Exception {
    try (Gate first = Gate.at("the first job")) {
      AtomicInteger others = new AtomicInteger();
      WorkerPool<Integer, Integer> pool =
          new Solution<>(
              2,
              job -> {
                if (job == 0) {
                  first.pass();
                } else {
                  others.incrementAndGet();
                }
                return job;
              });
      submitAll(pool, 4);
      Eventually.holds("three jobs to be done beside a slow one", () -> others.get() == 3);
      try (Crowd<Optional<Outcome<Integer, Integer>>> takers =
          Crowd.of(4, () -> pool.results().next())) {
        takers.allBlock();
        first.open();
        takers.allFinish();
      }
      // Workers wait for jobs, and takers for results, at the same time.
      try (Crowd<Optional<Outcome<Integer, Integer>>> takers =
          Crowd.of(2, () -> pool.results().next())) {
        takers.allBlock();
        pool.submit(4);
        pool.submit(5);
        takers.allFinish();
      }
      try (Crowd<Optional<Outcome<Integer, Integer>>> takers =
          Crowd.of(4, () -> pool.results().next())) {
        takers.allBlock();
        pool.shutdown(Shutdown.DRAIN);
        takers.allFinish();
        assertThat(takers.results()).as("the end, for all").containsOnly(Optional.empty());
      }
    }
  }

  @Check(
      points = 7,
      title = "an interrupt ends the wait for a result and loses none",
      hint = "Has the result left its place before it is there?")
  @Explored
  void interruptLosesNothing() throws Exception {
    try (Gate first = Gate.at("the first job")) {
      WorkerPool<Integer, Integer> pool =
          new Solution<>(
              1,
              job -> {
                first.pass();
                return job;
              });
      try (Crowd<Optional<Outcome<Integer, Integer>>> takers =
          Crowd.of(2, () -> pool.results().next())) {
        takers.allBlock().interruptAll().allFail(InterruptedException.class);
      }
      submitAll(pool, 3);
      first.awaitArrivals(1);
      try (Crowd<Optional<Outcome<Integer, Integer>>> takers =
          Crowd.of(2, () -> pool.results().next())) {
        takers.allBlock().interruptAll().allFail(InterruptedException.class);
      }
      first.open();
      pool.shutdown(Shutdown.DRAIN);
      assertThat(rest(pool))
          .as("results after callers who waited for them were interrupted")
          .isEqualTo(doneUpTo(3));
    }
  }

  @Check(
      points = 6,
      title = "submitting never waits, also if nobody takes results or a job submits",
      hint = "Which of your queues has an end, and who is to make room?")
  void submitNeverWaits() throws Exception {
    WorkerPool<Integer, Integer> unread = new Solution<>(2, job -> job);
    submitAll(unread, 2_000);
    unread.shutdown(Shutdown.DRAIN);
    assertThat(rest(unread)).as("results of 2,000 jobs").isEqualTo(doneUpTo(2_000));

    List<WorkerPool<Integer, Integer>> self = new ArrayList<>();
    WorkerPool<Integer, Integer> pool =
        new Solution<>(
            1,
            job -> {
              if (job == 0) {
                IntStream.range(1, 1_000).forEach(self.getFirst()::submit);
                self.getFirst().shutdown(Shutdown.DRAIN);
              }
              return job;
            });
    self.add(pool);
    pool.submit(0);
    assertThat(rest(pool)).as("results of a job and its 999 jobs").isEqualTo(doneUpTo(1_000));
  }

  @Check(
      points = 8,
      title = "no thread is left behind",
      hint = "What does a worker wait for that has never had a job?",
      needs = "everyJobHasItsResult")
  @Explored
  void noThreadLeft() throws Exception {
    for (Shutdown how : Shutdown.values()) {
      try (Leaks threads = Leaks.watch()) {
        WorkerPool<Integer, Integer> idle = new Solution<>(3, job -> job);
        // Under most schedules they are idle by then; they may poll, and would never settle.
        Clock.sleep(Duration.ofMillis(50));
        idle.shutdown(how);
        assertThat(rest(idle)).as("results without jobs").isEmpty();
      }
      for (int workers : Effort.crowds()) {
        try (Leaks threads = Leaks.watch();
            Gate gate = Gate.at("a job")) {
          WorkerPool<Integer, Integer> pool =
              new Solution<>(
                  workers,
                  job -> {
                    gate.pass();
                    return job;
                  });
          submitAll(pool, 10);
          gate.awaitArrivals(Math.min(workers, 10));
          pool.shutdown(how);
          gate.open();
          assertThat(rest(pool)).as("results of 10 jobs").hasSize(10);
        }
      }
    }
  }

  @Check(
      points = 5,
      title = "what makes no sense is refused and changes nothing",
      hint = "When is a mistake best noticed: when it is made or when it hurts?",
      needs = "everyJobHasItsResult")
  void refusesNonsense() throws Exception {
    for (int workers : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThatThrownBy(
              () -> new Solution<Integer, Integer>(workers, job -> job),
              "a pool of %d workers, which must throw IllegalArgumentException",
              workers)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> new Solution<Integer, Integer>(1, null),
            "a pool without work, which must throw NullPointerException")
        .isInstanceOf(NullPointerException.class);
    WorkerPool<Integer, Integer> pool = new Solution<>(1, job -> job);
    assertThatThrownBy(
            () -> pool.submit(null), "submit(null), which must throw NullPointerException")
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(
            () -> pool.shutdown(null), "shutdown(null), which must throw NullPointerException")
        .isInstanceOf(NullPointerException.class);
    pool.submit(0);
    pool.shutdown(Shutdown.DRAIN);
    pool.shutdown(Shutdown.DRAIN);
    assertThat(rest(pool)).as("results of one job").containsExactly(done(0));
    pool.shutdown(Shutdown.NOW);
    pool.shutdown(Shutdown.DRAIN);
    assertThat(rest(pool)).as("what is left").isEmpty();
  }

  @Check(
      points = 5,
      bonus = true,
      title = "workers are hired at once and leave when their job is done",
      hint = "Who notices that there are too many: somebody who waits, or somebody who works?",
      needs = {"everyJobHasItsResult", "noThreadLeft"})
  void resizes() throws Exception {
    resizesAtAll();
    try (Leaks threads = Leaks.watch();
        Gate many = Gate.at("a job of three workers");
        Gate few = Gate.at("a job of one worker")) {
      WorkerPool<Integer, Integer> pool =
          new Solution<>(
              1,
              job -> {
                (job < 3 ? many : few).passInterruptibly();
                return job;
              });
      submitAll(pool, 3);
      many.awaitArrivals(1);
      pool.resize(3);
      many.awaitArrivals(3);
      pool.resize(1);
      settle();
      many.open();
      for (int job = 3; job < 6; job++) {
        pool.submit(job);
      }
      few.awaitArrivals(1);
      settle();
      assertThat(few.arrivals()).as("jobs at work after all workers but one left").isEqualTo(1);
      few.open();
      assertThatThrownBy(
              () -> pool.resize(0), "resize(0), which must throw IllegalArgumentException")
          .isInstanceOf(IllegalArgumentException.class);
      pool.shutdown(Shutdown.DRAIN);
      assertThatThrownBy(
              () -> pool.resize(2),
              "resize of a pool that is shut down, which must throw IllegalStateException")
          .isInstanceOf(IllegalStateException.class);
      assertThat(rest(pool)).as("results of six jobs").isEqualTo(doneUpTo(6));
    }
  }

  /** Ends where this is left out, and leaves nobody waiting who would have to be waited for. */
  private static void resizesAtAll() {
    WorkerPool<Integer, Integer> pool = new Solution<>(1, job -> job);
    try {
      pool.resize(1);
    } finally {
      pool.shutdown(Shutdown.DRAIN);
    }
  }

  @Check(
      points = 5,
      bonus = true,
      title = "every job is counted for the worker that did it",
      hint = "Where is the figure of a worker kept, and on which ways is it counted?",
      needs = "everyJobHasItsResult")
  @Explored
  void countsByWorker() throws Exception {
    Meeting meeting = Meeting.of(3, "a job of each of 3 workers");
    WorkerPool<Integer, Integer> pool =
        new Solution<>(
            3,
            job -> {
              if (job < 3) {
                meeting.attend();
              }
              if (job % 10 == 9) {
                throw new IllegalStateException("every tenth job fails");
              }
              return job;
            });
    assertThat(pool.workerStats())
        .as("before the first job")
        .containsExactly(
            new WorkerStats(0, 0, 0), new WorkerStats(1, 0, 0), new WorkerStats(2, 0, 0));
    submitAll(pool, 100);
    pool.shutdown(Shutdown.DRAIN);
    rest(pool);
    List<WorkerStats> stats = pool.workerStats();
    assertThat(stats).extracting(WorkerStats::worker).as("workers").containsExactly(0, 1, 2);
    assertThat(stats.stream().mapToLong(WorkerStats::done).sum()).as("jobs done").isEqualTo(90);
    assertThat(stats.stream().mapToLong(WorkerStats::failed).sum()).as("jobs failed").isEqualTo(10);
    assertThat(stats)
        .as("figures of three workers that did a job each at the same time")
        .allSatisfy(worker -> assertThat(worker.done()).isPositive());
    figuresGrowWhileJobsAreDone();
  }

  /**
   * Every third job asks for the figures and reads them when the others, which take less time, have
   * been counted meanwhile.
   */
  private static void figuresGrowWhileJobsAreDone() throws Exception {
    List<WorkerPool<Integer, Long>> self = new ArrayList<>();
    WorkerPool<Integer, Long> pool =
        new Solution<>(
            3,
            job -> {
              if (job % 3 > 0) {
                LockSupport.parkNanos(200_000);
                throw new IllegalStateException("two of three jobs fail");
              }
              List<WorkerStats> figures = self.getFirst().workerStats();
              LockSupport.parkNanos(1_000_000);
              long failed = 0;
              for (WorkerStats worker : figures) {
                failed += worker.failed();
              }
              return failed;
            });
    self.add(pool);
    submitAll(pool, 30);
    pool.shutdown(Shutdown.DRAIN);
    assertThat(rest(pool))
        .filteredOn(Outcome.Done.class::isInstance)
        .as("jobs that could ask for the figures while others were done")
        .hasSize(10);
    assertThat(pool.workerStats().stream().mapToLong(WorkerStats::failed).sum())
        .as("jobs failed, of 30")
        .isEqualTo(20);
  }

  private static void submitAll(WorkerPool<Integer, ?> pool, int count) {
    IntStream.range(0, count).forEach(pool::submit);
  }

  private static boolean isAccepted(WorkerPool<Integer, Integer> pool, int job) {
    try {
      pool.submit(job);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** All outcomes up to the end of the results. */
  private static <R extends @Nullable Object> List<Outcome<Integer, R>> rest(
      WorkerPool<Integer, R> pool) throws InterruptedException {
    try (Crowd<List<Outcome<Integer, R>>> taker = Crowd.of(1, () -> takeAll(pool))) {
      return taker.allFinish().results().getFirst();
    }
  }

  private static <R extends @Nullable Object> List<Outcome<Integer, R>> takeAll(
      WorkerPool<Integer, R> pool) throws InterruptedException {
    Results<Integer, R> results = pool.results();
    List<Outcome<Integer, R>> all = new ArrayList<>();
    Optional<Outcome<Integer, R>> next = results.next();
    while (next.isPresent()) {
      all.add(next.get());
      next = results.next();
    }
    return all;
  }

  private static Outcome<Integer, Integer> done(int job) {
    return new Outcome.Done<>(job, job);
  }

  private static List<Outcome<Integer, Integer>> doneUpTo(int count) {
    return IntStream.range(0, count).mapToObj(WorkerPoolChecks::done).toList();
  }

  private static Outcome<Integer, Integer> cancelled(int job) {
    return new Outcome.Cancelled<>(job);
  }

  private static void raise(Throwable failure) throws Exception {
    switch (failure) {
      case Exception e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(failure);
    }
  }

  /** Waits until everybody has gone as far as they can. */
  private static void settle() throws InterruptedException {
    try (Crowd<Void> nobody = Crowd.of(0, () -> null)) {
      nobody.block(0);
    }
  }
}
