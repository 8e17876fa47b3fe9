package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link CompletableFuture}s that make lists, diamonds and fallbacks of each other. */
final class StageGraphs {

  private static final String STAGE =
      "CompletionStage: a stage is executed when those that it depends on complete; Future.get";

  private int value;
  private int seen;

  private StageGraphs() {}

  private StageGraphs(int value) {
    this.value = value;
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static ExecutorService pool(Fork fork) {
    return Executors.newFixedThreadPool(2, fork::thread);
  }

  @RaceFree(STAGE)
  static void listOfResults(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      List<CompletableFuture<StageGraphs>> parts = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        int number = i;
        parts.add(CompletableFuture.supplyAsync(() -> new StageGraphs(number), pool));
      }
      CompletableFuture<List<StageGraphs>> all =
          CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]))
              .thenApply(unused -> parts.stream().map(CompletableFuture::join).toList());
      expect(15, all.join().stream().mapToInt(each -> each.value).sum());
    }
  }

  @RaceFree(STAGE)
  static void foldedInOrder(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      StageGraphs sum = new StageGraphs();
      CompletableFuture<StageGraphs> folded = CompletableFuture.completedFuture(sum);
      for (int i = 1; i <= 5; i++) {
        int number = i;
        folded =
            folded.thenCombineAsync(
                CompletableFuture.supplyAsync(() -> new StageGraphs(number), pool),
                (so, next) -> {
                  so.value += next.value;
                  return so;
                },
                pool);
      }
      expect(15, folded.join().value);
      expect(15, sum.value);
    }
  }

  @RaceFree(STAGE)
  static void diamond(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      StageGraphs source = new StageGraphs();
      StageGraphs left = new StageGraphs();
      StageGraphs right = new StageGraphs();
      CompletableFuture<Void> top = CompletableFuture.runAsync(() -> source.value = 3, pool);
      CompletableFuture<Void> one = top.thenRunAsync(() -> left.value = source.value + 1, pool);
      CompletableFuture<Void> other = top.thenRunAsync(() -> right.value = source.value + 2, pool);
      one.runAfterBothAsync(other, () -> source.value = left.value * right.value, pool).join();
      expect(20, source.value);
    }
  }

  @RaceFree(STAGE)
  static void composedWithAFallback(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      StageGraphs shared = new StageGraphs();
      CompletableFuture<StageGraphs> failing =
          CompletableFuture.supplyAsync(
              () -> {
                shared.value = 4;
                throw new IllegalStateException("always");
              },
              pool);
      StageGraphs result =
          failing
              .exceptionallyComposeAsync(
                  failure ->
                      CompletableFuture.supplyAsync(() -> new StageGraphs(shared.value + 1), pool),
                  pool)
              .whenComplete((box, failure) -> shared.seen = box.value)
              .thenComposeAsync(
                  box -> CompletableFuture.supplyAsync(() -> new StageGraphs(2 * box.value), pool),
                  pool)
              .join();
      expect(10, result.value);
      expect(5, shared.seen);
    }
  }

  @RaceFree("Executor: what precedes the submission happens before the task; Future.get")
  static void startedAfterADelay(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      Executor later = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, pool);
      StageGraphs shared = new StageGraphs(4);
      expect(5, CompletableFuture.supplyAsync(() -> ++shared.value, later).join());
      expect(5, shared.value);
    }
  }

  @RaceFree(STAGE)
  static void eitherOfTwoThreads(Fork fork) throws InterruptedException {
    CompletableFuture<StageGraphs> one = new CompletableFuture<>();
    CompletableFuture<StageGraphs> other = new CompletableFuture<>();
    CompletableFuture<Integer> doubled = one.applyToEither(other, box -> 2 * box.value);
    StageGraphs after = new StageGraphs();
    CompletableFuture<Void> both = one.thenAcceptBoth(other, (a, b) -> after.value = a.value);
    TwoThreads.together(
        fork, () -> one.complete(new StageGraphs(5)), () -> other.complete(new StageGraphs(5)));
    expect(10, doubled.join());
    both.join();
    expect(5, after.value);
  }

  /** Writes when it is told to; what was given up before it began would never run. */
  private CompletableFuture<Void> begun(ExecutorService pool, Unseen givenUp, Unseen written) {
    Unseen started = new Unseen();
    CompletableFuture<Void> slow =
        CompletableFuture.runAsync(
            () -> {
              started.reached();
              givenUp.await();
              value = 5; // race: timedOutTaskGoesOn, cancelledTaskGoesOn
              written.reached();
            },
            pool);
    started.await();
    return slow;
  }

  @Racy
  static void timedOutTaskGoesOn(Fork fork) {
    StageGraphs shared = new StageGraphs();
    Unseen givenUp = new Unseen();
    Unseen written = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Void> slow = shared.begun(pool, givenUp, written);
      try {
        slow.orTimeout(1, TimeUnit.MILLISECONDS).join();
        throw new AssertionError("in time");
      } catch (CompletionException expected) {
        givenUp.reached();
        written.await();
        shared.seen = shared.value; // race: timedOutTaskGoesOn
      }
    }
  }

  @Racy
  static void cancelledTaskGoesOn(Fork fork) {
    StageGraphs shared = new StageGraphs();
    Unseen givenUp = new Unseen();
    Unseen written = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Void> slow = shared.begun(pool, givenUp, written);
      // Interrupts nobody.
      slow.cancel(true);
      try {
        slow.join();
        throw new AssertionError("not cancelled");
      } catch (CancellationException expected) {
        givenUp.reached();
        written.await();
        shared.seen = shared.value; // race: cancelledTaskGoesOn
      }
    }
  }

  @Racy
  static void joinedAllButTheirCallbacks(Fork fork) {
    StageGraphs shared = new StageGraphs();
    Unseen written = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      List<CompletableFuture<Integer>> parts =
          List.of(
              CompletableFuture.supplyAsync(() -> 1, pool),
              CompletableFuture.supplyAsync(() -> 2, pool));
      CompletableFuture<Void> all =
          CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]));
      CompletableFuture<Void> unused =
          all.thenRunAsync(
              () -> {
                shared.value = 5; // race: joinedAllButTheirCallbacks
                written.reached();
              },
              pool);
      all.join();
      written.await();
      shared.seen = shared.value; // race: joinedAllButTheirCallbacks
    }
  }
}
