package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link CompletionStage}: what is done once a {@link CompletableFuture} is complete. */
final class Stages {

  private static final String TRIGGERED =
      "CompletionStage: a stage is executed when the stages that it depends on complete";

  private int value;
  private int seen;

  private Stages() {}

  private Stages(int value) {
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

  @RaceFree(TRIGGERED)
  static void chain(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      Stages shared = new Stages();
      List<String> log = new ArrayList<>();
      CompletableFuture<Integer> last =
          CompletableFuture.supplyAsync(() -> shared.value = 2, pool)
              .thenApply(number -> shared.value += number)
              .thenApplyAsync(number -> shared.value *= number, pool)
              .whenComplete((number, failure) -> log.add("is " + number))
              .thenCompose(
                  number -> CompletableFuture.supplyAsync(() -> shared.value + number, pool));
      expect(32, last.join());
      expect(16, shared.value);
      expect(1, log.size());
    }
  }

  @RaceFree(TRIGGERED)
  static void acceptedAndRun(Fork fork) throws Exception {
    try (ExecutorService pool = pool(fork)) {
      Stages shared = new Stages();
      CompletableFuture.supplyAsync(() -> new Stages(4), pool)
          .thenAcceptAsync(box -> shared.value = box.value, pool)
          .thenRun(() -> shared.value++)
          .thenRunAsync(() -> shared.value *= 2, pool)
          .get();
      expect(10, shared.value);
    }
  }

  @RaceFree(TRIGGERED)
  static void combined(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      Stages one = new Stages();
      Stages other = new Stages();
      CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> one.value = 3, pool);
      CompletableFuture<Void> second = CompletableFuture.runAsync(() -> other.value = 4, pool);
      // Of both it reads what they did beside their results.
      CompletableFuture<Integer> sum =
          first.thenCombine(second, (result, nothing) -> one.value + other.value);
      expect(7, sum.join());
    }
  }

  @RaceFree(TRIGGERED)
  static void afterBoth(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      Stages one = new Stages();
      Stages other = new Stages();
      Stages sums = new Stages();
      CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> one.value = 3, pool);
      CompletableFuture<Integer> second =
          CompletableFuture.supplyAsync(() -> other.value = 4, pool);
      first
          .thenAcceptBoth(second, (left, right) -> sums.value = one.value + other.value)
          .runAfterBothAsync(second, () -> sums.seen = sums.value + 1, pool)
          .join();
      expect(8, sums.seen);
    }
  }

  @RaceFree(TRIGGERED)
  static void resultOfEither(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Stages> one = CompletableFuture.supplyAsync(() -> new Stages(5), pool);
      CompletableFuture<Stages> other = CompletableFuture.supplyAsync(() -> new Stages(5), pool);
      Stages seen = new Stages();
      expect(6, one.applyToEither(other, box -> box.value + 1).join());
      one.acceptEither(other, box -> seen.value = box.value).join();
      expect(5, seen.value);
    }
  }

  @RaceFree(TRIGGERED)
  static void failures(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      Stages shared = new Stages();
      CompletableFuture<Integer> failing =
          CompletableFuture.supplyAsync(
              () -> {
                shared.value = 4;
                throw new IllegalStateException("after the write");
              },
              pool);
      CompletableFuture<Integer> recovered = failing.exceptionally(failure -> shared.value + 1);
      CompletableFuture<Integer> handled =
          failing.handleAsync((result, failure) -> failure == null ? 0 : shared.value + 2, pool);
      expect(5, recovered.join());
      expect(6, handled.join());
    }
  }

  @RaceFree(TRIGGERED)
  static void calledInTheCompletingThread(Fork fork) throws Exception {
    Stages shared = new Stages();
    CompletableFuture<Stages> promise = new CompletableFuture<>();
    CompletionStage<Void> copied =
        promise.minimalCompletionStage().thenAccept(box -> shared.value = box.value);
    Thread completing =
        fork.thread(
            () -> {
              Stages box = new Stages();
              box.value = 6;
              promise.complete(box);
            });
    completing.start();
    copied.toCompletableFuture().join();
    int seen = shared.value;
    completing.join();
    expect(6, seen);
  }

  @Racy
  static void joinedTheSourceOnly(Fork fork) {
    Stages shared = new Stages();
    Unseen written = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Integer> source = CompletableFuture.supplyAsync(() -> 3, pool);
      CompletableFuture<Void> unused =
          source.thenAcceptAsync(
              result -> {
                shared.value = result; // race: joinedTheSourceOnly
                written.reached();
              },
              pool);
      expect(3, source.join());
      written.await();
      shared.seen = shared.value; // race: joinedTheSourceOnly
    }
  }

  @Racy
  static void twoStagesOfOneSource(Fork fork) {
    Stages shared = new Stages();
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Integer> source = CompletableFuture.completedFuture(3);
      CompletableFuture<Void> first =
          source.thenAcceptAsync(result -> shared.add(result, one, other), pool);
      CompletableFuture<Void> second =
          source.thenAcceptAsync(result -> shared.add(result, other, one), pool);
      first.join();
      second.join();
    }
  }

  private void add(int number, Unseen here, Unseen there) {
    // Otherwise one thread might do both.
    here.reached();
    there.await();
    value += number; // race: twoStagesOfOneSource
  }

  @Racy
  static void eitherReadsWhatTheOtherDid(Fork fork) {
    Stages shared = new Stages();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Integer> slow =
          CompletableFuture.supplyAsync(
              () -> {
                shared.value = 5; // race: eitherReadsWhatTheOtherDid
                written.reached();
                over.await();
                return 1;
              },
              pool);
      CompletableFuture<Integer> fast = CompletableFuture.completedFuture(2);
      written.await();
      CompletableFuture<Void> unused =
          slow.acceptEither(
              fast,
              result -> {
                shared.seen = shared.value; // race: eitherReadsWhatTheOtherDid
              });
      over.reached();
    }
  }

  @Racy
  static void handledBesideTheResult(Fork fork) {
    Stages shared = new Stages();
    Unseen handled = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Integer> failing =
          CompletableFuture.failedFuture(new IllegalStateException("always"));
      CompletableFuture<Integer> unused =
          failing.exceptionallyAsync(
              failure -> {
                shared.value++; // race: handledBesideTheResult
                handled.reached();
                return 0;
              },
              pool);
      handled.await();
      if (failing.isCompletedExceptionally()) {
        shared.seen = shared.value; // race: handledBesideTheResult
      }
    }
  }
}
