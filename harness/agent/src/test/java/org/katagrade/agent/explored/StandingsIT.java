package org.katagrade.agent.explored;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.katagrade.agent.explore.Budget;
import org.katagrade.agent.explore.Ending;
import org.katagrade.agent.explore.Explorer;
import org.katagrade.agent.explore.LockName;
import org.katagrade.agent.explore.Run;
import org.katagrade.agent.explore.Standing;

/** What is said of the threads with which a run of the corpus ended. */
class StandingsIT {

  private static final Budget BUDGET = new Budget(2_000, 5_000, 20_000);
  private static final String LOCKS = "java.util.concurrent.locks.";

  @ParameterizedTest
  @EnumSource
  void whoIsLeftBehindWasStartedSomewhere(Fork fork) throws IOException {
    Run run = failureOf("Leaks.waitsForAnElement", fork);

    assertThat(standing(run))
        .singleElement()
        .satisfies(
            thread ->
                assertThat(thread.startedAt())
                    .extracting(StackTraceElement::getMethodName)
                    .containsSubsequence("start", "worker", "waitsForAnElement"));
  }

  @ParameterizedTest
  @EnumSource
  void aSynchronizedMethodTakesItsMonitorAtItsFirstLine(Fork fork) throws IOException {
    Run run = failureOf("Monitors.giveEachOther", fork);

    assertThat(standing(run).stream().filter(thread -> !thread.holds().isEmpty()))
        .hasSize(2)
        .allSatisfy(
            thread ->
                assertThat(thread.stack())
                    .contains(thread.holds().getFirst().takenAt())
                    .extracting(StackTraceElement::getLineNumber)
                    .doesNotContain(-1));
    assertThat(run.story().steps())
        .filteredOn(step -> step.text().startsWith("takes "))
        .hasSize(2)
        .allSatisfy(step -> assertThat(step.at().getLineNumber()).isPositive());
  }

  @ParameterizedTest
  @EnumSource
  void aLockThatWasTakenByItsViewIsTheOneWaitedFor(Fork fork) throws IOException {
    Run run = failureOf("StampedLocks.locksTwiceByItsView", fork);

    LockName lock = new LockName(LOCKS + "StampedLock", 1);
    assertThat(standing(run))
        .filteredOn(thread -> !thread.holds().isEmpty())
        .singleElement()
        .satisfies(
            thread -> {
              assertThat(thread.holds()).extracting(Standing.Held::lock).containsExactly(lock);
              assertThat(thread.wants().object()).isEqualTo(lock);
            });
  }

  @ParameterizedTest
  @EnumSource
  void whoWaitsForHalfOfALockIsSaidToWaitForThat(Fork fork) throws IOException {
    Run run = failureOf("ReadWriteLocks.upgrades", fork);

    assertThat(standing(run).stream().filter(thread -> !thread.holds().isEmpty()))
        .isNotEmpty()
        .allSatisfy(
            thread -> {
              assertThat(thread.holds().getFirst().lock())
                  .isEqualTo(new LockName(LOCKS + "ReentrantReadWriteLock$ReadLock", 1));
              assertThat(thread.wants().object())
                  .isEqualTo(new LockName(LOCKS + "ReentrantReadWriteLock$WriteLock", 1));
            });
  }

  @ParameterizedTest
  @EnumSource
  void aLatchHasOneNameInTheStoryAndWhereThreadsStand(Fork fork) throws IOException {
    Run run = failureOf("ReadWriteLocks.writersCannotMeet", fork);

    LockName latch = new LockName("java.util.concurrent.CountDownLatch", 1);
    assertThat(standing(run))
        .anySatisfy(thread -> assertThat(thread.wants().object()).isEqualTo(latch));
  }

  private static Run failureOf(String name, Fork fork) throws IOException {
    Sample sample =
        Sample.all().stream()
            .filter(each -> each.toString().equals(name))
            .findFirst()
            .orElseThrow();
    Run run = Explorer.explore(sample.with(fork), BUDGET, 1).failure();
    assertThat(run).as("a bad run of %s", name).isNotNull();
    return run;
  }

  private static List<Standing> standing(Run run) {
    return switch (run.ending()) {
      case Ending.Deadlock(List<Standing> threads) -> threads;
      case Ending.LostWakeup(List<Standing> threads) -> threads;
      case Ending.Leaked(List<Standing> threads) -> threads;
      case Ending.Completed _,
          Ending.Wrong _,
          Ending.Livelock _,
          Ending.Raced _,
          Ending.Abandoned _ ->
          throw new AssertionError("nobody stands there: " + run.ending());
    };
  }
}
