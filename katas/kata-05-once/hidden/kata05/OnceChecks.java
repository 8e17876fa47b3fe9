package kata05;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.Check;
import org.katagrade.checks.Crowd;
import org.katagrade.checks.Effort;
import org.katagrade.checks.EveryLock;
import org.katagrade.checks.Explored;
import org.katagrade.checks.Gate;
import org.katagrade.checks.Graded;
import org.katagrade.checks.Linearizability;
import org.katagrade.checks.Meeting;
import org.katagrade.checks.Strangers;

/** Hidden checks for kata 05. */
@Graded(
    race = 10,
    rules = 5,
    forbidden = {"java.util.concurrent.FutureTask", "java.lang.StableValue"})
public final class OnceChecks {

  private static final Runnable NOTHING = () -> {};

  /** Several; where they are explored three can do each other all that ten can. */
  private static int callers() {
    return Effort.many(10, 3);
  }

  @Check(
      points = 10,
      title = "an action runs once, for 1, 10 and 100 callers at a time",
      hint =
          "A caller has seen that nothing has run yet, and then has to wait. What is true after?")
  void runsOnce() throws Exception {
    for (int size : Effort.crowds()) {
      Once once = new Solution();
      AtomicInteger runs = new AtomicInteger();
      Runnable counted = runs::incrementAndGet;
      try (Gate gate = Gate.at("the action");
          var callers =
              Crowd.of(
                  size,
                  () ->
                      once.run(
                          () -> {
                            runs.incrementAndGet();
                            gate.pass();
                          }))) {
        gate.awaitArrivals(1);
        letAllCome(callers);
        gate.open();
        callers.allFinish();
      }
      once.run(counted);
      assertThat(runs)
          .as("runs after a crowd of %d at a time and a later caller", size)
          .hasValue(1);
    }
    Once once = new Solution();
    AtomicInteger runs = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      once.run(runs::incrementAndGet);
    }
    assertThat(runs).as("runs after three calls by one thread").hasValue(1);
  }

  /** Waits until every caller is as far as it gets. */
  private static void letAllCome(Crowd<?> callers) throws InterruptedException {
    try {
      callers.allBlock();
    } catch (AssertionError somebodyDidNotWait) {
      // That all wait for the action is a promise of its own, with a check of its own.
    }
  }

  @Check(
      points = 10,
      title = "every caller returns after the action has finished and sees what it did",
      hint = "Who loses the race for the first place still needs what the winner is making.")
  @Explored
  void callersReturnAfterTheAction() throws Exception {
    Once once = new Solution();
    int[] made = {0};
    try (Gate gate = Gate.at("the action");
        var callers =
            Crowd.of(
                callers(),
                () -> {
                  once.run(
                      () -> {
                        gate.pass();
                        made[0] = 42;
                      });
                  return made[0];
                })) {
      gate.awaitArrivals(1);
      callers.allBlock();
      gate.open();
      callers.allFinish();
      assertThat(callers.results())
          .as("what a crowd of %d saw after run had returned", callers())
          .containsOnly(42);
    }
  }

  @Check(
      points = 15,
      title = "an action that throws counts as run, and every caller is thrown the same failure",
      hint = "Follow every way out of the action, for the runner and for those who wait.",
      needs = "runsOnce")
  @Explored
  void failureReachesEveryCaller() throws Exception {
    for (Throwable failure :
        List.of(new IllegalArgumentException("of the action"), new LinkageError("of the action"))) {
      Once once = new Solution();
      AtomicInteger runs = new AtomicInteger();
      try (Gate gate = Gate.at("the action that will throw");
          var callers =
              Crowd.of(
                  callers(),
                  () ->
                      thrownBy(
                          () ->
                              once.run(
                                  () -> {
                                    runs.incrementAndGet();
                                    gate.pass();
                                    fail(failure);
                                  })))) {
        gate.awaitArrivals(1);
        callers.allBlock();
        gate.open();
        callers.allFinish();
        assertThat(runs)
            .as("runs of an action that throws, for a crowd of %d", callers())
            .hasValue(1);
        for (Throwable thrown : callers.results()) {
          assertThat(thrown).as("what a caller was thrown").isSameAs(failure);
        }
      }
      assertThat(thrownBy(() -> once.run(runs::incrementAndGet)))
          .as("what a later caller was thrown")
          .isSameAs(failure);
      assertThat(runs).as("runs after a later call").hasValue(1);
      strangersAreThrown(failure);
    }
  }

  /** Only the once itself lets the second thread know what the first one's action threw. */
  private static void strangersAreThrown(Throwable failure) throws Exception {
    Once once = new Solution();
    assertThat(
            Strangers.first(() -> thrownBy(() -> once.run(() -> fail(failure))))
                .then(() -> thrownBy(() -> once.run(NOTHING)))
                .inTurn())
        .as("what callers were thrown that came one after the other")
        .containsExactly(failure, failure);
  }

  @Check(
      points = 10,
      title = "an action that calls its own once is refused and does not hang",
      hint = "Which thread is the one that everybody else waits for?",
      needs = "runsOnce")
  @Explored
  void reentryIsRefused() throws Exception {
    try (var caller = Crowd.of(1, OnceChecks::refusalIsCaught)) {
      caller.allFinish();
    }
    try (var caller = Crowd.of(1, OnceChecks::refusalIsNotCaught)) {
      caller.allFinish();
    }
    try (var caller = Crowd.of(1, OnceChecks::lazyAsksForItself)) {
      caller.allFinish();
    }
  }

  private static void refusalIsCaught() {
    Once once = new Solution();
    AtomicInteger innerRuns = new AtomicInteger();
    AtomicInteger outerRuns = new AtomicInteger();
    AtomicReference<@Nullable Throwable> refusal = new AtomicReference<>();
    once.run(
        () -> {
          refusal.set(thrownBy(() -> once.run(innerRuns::incrementAndGet)));
          outerRuns.incrementAndGet();
        });
    mustBeRefusal("run inside the action", refusal.get());
    assertThat(innerRuns).as("runs of the inner action").hasValue(0);
    once.run(innerRuns::incrementAndGet);
    assertThat(innerRuns).as("runs of a later action").hasValue(0);
    assertThat(outerRuns).as("runs of the outer action to its end").hasValue(1);
  }

  private static void refusalIsNotCaught() {
    Once once = new Solution();
    Throwable thrown = thrownBy(() -> once.run(() -> once.run(NOTHING)));
    mustBeRefusal("the first caller, whose action did not catch the refusal,", thrown);
    assertThat(thrownBy(() -> once.run(NOTHING)))
        .as("what a later caller was thrown")
        .isSameAs(thrown);
  }

  private static void lazyAsksForItself() {
    AtomicReference<@Nullable Lazy<Integer>> self = new AtomicReference<>();
    Once once = new Solution();
    Lazy<Integer> lazy = once.lazy(() -> self.get().get());
    self.set(lazy);
    mustBeRefusal("get, whose supplier asks for the value it computes,", thrownBy(lazy::get));
  }

  private static void mustBeRefusal(String who, @Nullable Throwable thrown) {
    if (!(thrown instanceof IllegalStateException)) {
      throw new AssertionError(
          "expected %s to be thrown an IllegalStateException, but it %s"
              .formatted(who, thrown == null ? "returned" : "was thrown " + thrown),
          thrown);
    }
  }

  @Check(
      points = 5,
      title = "whoever has called run finds exactly one run, in every interleaving",
      hint = "Is what you tested still true when you act on it?",
      needs = "runsOnce")
  @Explored
  void linearizable() {
    Linearizability.of(Operations.class)
        .concurrently("runsAfterRun()", "runsAfterRun()")
        .against(SequentialRuns.class);
  }

  /** What is called concurrently. */
  public static class Operations {

    private final Once once = new Solution();
    private int runs;

    @Operation
    public int runsAfterRun() {
      once.run(() -> runs++);
      return runs;
    }
  }

  /** The runs there are once somebody has called. */
  public static class SequentialRuns {

    public int runsAfterRun() {
      return 1;
    }
  }

  @Check(
      points = 10,
      title = "a lazy value is computed when first asked for, once for all who ask",
      hint = "A lazy value is a once and a place for the result.",
      needs = "runsOnce")
  @Explored
  void lazyComputesOnce() throws Exception {
    Once anyOnce = new Solution();
    AtomicInteger early = new AtomicInteger();
    Lazy<Integer> unasked = anyOnce.lazy(early::incrementAndGet);
    assertThat(early).as("calls of the supplier before anybody asks").hasValue(0);
    assertThat(unasked.get()).as("the value").isEqualTo(1);
    assertThat(unasked.get()).as("the value, asked for again").isEqualTo(1);
    for (int size : Effort.crowds()) {
      Once once = new Solution();
      AtomicInteger calls = new AtomicInteger();
      try (Gate gate = Gate.at("the supplier")) {
        Lazy<Object> lazy =
            once.lazy(
                () -> {
                  calls.incrementAndGet();
                  gate.pass();
                  return new Object();
                });
        try (var callers = Crowd.of(size, lazy::get)) {
          gate.awaitArrivals(1);
          callers.allBlock();
          gate.open();
          callers.allFinish();
          assertThat(calls).as("calls of the supplier for a crowd of %d", size).hasValue(1);
          Object value = lazy.get();
          assertThat(value).as("a computed value").isNotNull();
          for (Object seen : callers.results()) {
            assertThat(seen)
                .as("the value that one of a crowd of %d was given", size)
                .isSameAs(value);
          }
        }
      }
    }
    strangersShareTheValue();
  }

  /** Only the lazy value itself lets the second thread know what the first one computed. */
  private static void strangersShareTheValue() throws Exception {
    Once once = new Solution();
    Lazy<int[]> lazy = once.lazy(() -> new int[] {42});
    assertThat(
            Strangers.first(() -> lazy.get()[0])
                .then(() -> lazy.get()[0])
                .then(() -> lazy.get()[0])
                .inTurn())
        .as("what callers found in the value who came one after the other")
        .containsOnly(42);
  }

  @Check(
      points = 5,
      title = "a lazy value that is null, or could not be computed, is not computed again",
      hint = "How does a value that is null differ from one that is not there yet?",
      needs = "lazyComputesOnce")
  void lazyKeepsNullAndFailure() {
    Once once = new Solution();
    AtomicInteger calls = new AtomicInteger();
    Lazy<Object> nothing =
        once.lazy(
            () -> {
              calls.incrementAndGet();
              return null;
            });
    assertThat(nothing.get()).as("a value computed as null").isNull();
    assertThat(nothing.get()).as("a value computed as null, asked for again").isNull();
    assertThat(calls).as("calls of a supplier that gave null").hasValue(1);
    for (Throwable failure :
        List.of(new IllegalArgumentException("of supplier"), new LinkageError("of supplier"))) {
      calls.set(0);
      Lazy<Object> failing =
          once.lazy(
              () -> {
                calls.incrementAndGet();
                fail(failure);
                return "unreachable";
              });
      for (int i = 0; i < 2; i++) {
        assertThat(thrownBy(failing::get)).as("what get was thrown").isSameAs(failure);
      }
      assertThat(calls).as("calls of a supplier that threw").hasValue(1);
    }
  }

  @Check(
      points = 5,
      title = "different onces and lazy values have nothing to do with each other",
      hint = "How many locks are there, and how many runs does each once stand for?",
      needs = {"runsOnce", "lazyComputesOnce"})
  @Explored
  void differentOnesAreApart() throws Exception {
    Once first = new Solution();
    Once second = new Solution();
    Lazy<Integer> lazy = first.lazy(() -> 1);
    Lazy<Integer> other = first.lazy(() -> 2);
    assertThat(lazy.get()).as("the value of one lazy").isEqualTo(1);
    assertThat(other.get()).as("the value of another lazy from the same once").isEqualTo(2);
    AtomicInteger runs = new AtomicInteger();
    first.run(
        () -> {
          runs.incrementAndGet();
          second.run(runs::incrementAndGet);
        });
    assertThat(runs).as("runs of an action and of another once's action inside it").hasValue(2);
    assertThat(first.lazy(() -> 3).get()).as("a lazy made after its once has run").isEqualTo(3);

    Meeting meeting = Meeting.of(3, "the actions of two onces and a supplier");
    Once third = new Solution();
    Once fourth = new Solution();
    Lazy<Boolean> fifth =
        third.lazy(
            () -> {
              meeting.attend();
              return true;
            });
    List<Runnable> calls =
        List.of(() -> third.run(meeting::attend), () -> fourth.run(meeting::attend), fifth::get);
    try (var callers = Crowd.numbered(3, number -> call(calls.get(number)))) {
      callers.allFinish();
    }
    meeting.mustHaveHappened();
  }

  @Check(
      points = 5,
      title = "once it has run, a call takes no lock of the once or the lazy value",
      hint = "What does the millionth caller still have to find out, and does that need a lock?",
      needs = {"runsOnce", "lazyComputesOnce"})
  @Explored
  void laterCallersTakeNoLock() throws Exception {
    Once once = new Solution();
    Lazy<Integer> lazy = once.lazy(() -> 7);
    once.run(NOTHING);
    lazy.get();
    EveryLock locks = EveryLock.of(once, lazy);
    try (Gate gate = Gate.at("a block that holds every lock of the once and the lazy value");
        var holder = Crowd.of(1, () -> locks.holding(gate::pass))) {
      gate.awaitArrivals(1);
      try (var callers =
          Crowd.of(
              callers(),
              () -> {
                once.run(NOTHING);
                return lazy.get();
              })) {
        callers.allFinish();
        assertThat(callers.results()).as("what later callers were given").containsOnly(7);
      }
      gate.open();
      holder.allFinish();
    }
  }

  @Check(
      points = 5,
      title = "an interrupt does not end the wait and is not forgotten",
      hint = "Who may promise that the action has finished when its wait was cut short?",
      needs = "callersReturnAfterTheAction")
  @Explored
  void interruptDoesNotEndTheWait() throws Exception {
    Once once = new Solution();
    try (Gate gate = Gate.at("the action");
        var first = Crowd.of(1, () -> once.run(gate::pass))) {
      gate.awaitArrivals(1);
      try (var waiting =
          Crowd.of(
              2,
              () -> {
                once.run(NOTHING);
                return Thread.currentThread().isInterrupted();
              })) {
        waiting.allBlock().interruptAll().allBlock();
        gate.open();
        first.allFinish();
        waiting.allFinish();
        assertThat(waiting.results())
            .as("whether callers interrupted while they waited still are so afterwards")
            .containsOnly(true);
      }
    }
  }

  @Check(
      points = 5,
      title = "null is refused and does not count as a run",
      hint = "When is the best moment to find out that an argument is null?",
      needs = "runsOnce")
  void refusesNull() {
    Once once = new Solution();
    assertThatThrownBy(
            () -> once.run(null),
            "run(null) before anything has run, which must throw NullPointerException")
        .isInstanceOf(NullPointerException.class);
    AtomicInteger runs = new AtomicInteger();
    once.run(runs::incrementAndGet);
    assertThat(runs).as("runs of the first action after run(null)").hasValue(1);
    assertThatThrownBy(
            () -> once.run(null),
            "run(null) after an action has run, which must throw NullPointerException")
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> once.lazy(null), "lazy(null), which must throw NullPointerException")
        .isInstanceOf(NullPointerException.class);
  }

  private static boolean call(Runnable call) {
    call.run();
    return true;
  }

  private static @Nullable Throwable thrownBy(Runnable call) {
    try {
      call.run();
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private static void fail(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
