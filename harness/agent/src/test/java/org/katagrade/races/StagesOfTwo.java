package org.katagrade.races;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link CompletionStage}: stages that run after two others, or instead of one that failed. */
final class StagesOfTwo {

  private static final String TRIGGERED =
      "CompletionStage: a stage is executed when the stages that it depends on complete";

  private int value;
  private int seen;

  private StagesOfTwo() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static ExecutorService pool(Fork fork) {
    return Executors.newFixedThreadPool(2, fork::thread);
  }

  @RaceFree(TRIGGERED)
  static void runAfterBoth(Fork fork) {
    StagesOfTwo one = new StagesOfTwo();
    StagesOfTwo other = new StagesOfTwo();
    StagesOfTwo sum = new StagesOfTwo();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture.runAsync(() -> one.value = 3, pool)
          .runAfterBoth(
              CompletableFuture.runAsync(() -> other.value = 4, pool),
              () -> sum.value = one.value + other.value)
          .join();
    }
    expect(7, sum.value);
  }

  /** Of both it has awaited one. */
  @Racy
  static void joinedOneOfBoth(Fork fork) {
    StagesOfTwo shared = new StagesOfTwo();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Void> one = CompletableFuture.runAsync(() -> {}, pool);
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () -> {
                shared.value = 4; // race: joinedOneOfBoth
                written.reached();
                over.await();
              },
              pool);
      CompletableFuture<Void> both = one.runAfterBoth(other, () -> {});
      one.join();
      written.await();
      shared.seen = shared.value; // race: joinedOneOfBoth
      over.reached();
      both.join();
    }
  }

  @RaceFree(TRIGGERED)
  static void runAfterEither(Fork fork) {
    StagesOfTwo shared = new StagesOfTwo();
    Unseen over = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Void> quick = CompletableFuture.runAsync(() -> shared.value = 3, pool);
      CompletableFuture<Void> slow = CompletableFuture.runAsync(over::await, pool);
      quick.runAfterEither(slow, () -> shared.seen = shared.value).join();
      over.reached();
      slow.join();
    }
    expect(3, shared.seen);
  }

  @Racy
  static void ranAfterTheOtherOne(Fork fork) {
    StagesOfTwo shared = new StagesOfTwo();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Void> slow =
          CompletableFuture.runAsync(
              () -> {
                shared.value = 3; // race: ranAfterTheOtherOne
                written.reached();
                over.await();
              },
              pool);
      CompletableFuture<Void> quick = CompletableFuture.runAsync(written::await, pool);
      slow.runAfterEitherAsync(
              quick,
              () -> {
                shared.seen = shared.value; // race: ranAfterTheOtherOne
                over.reached();
              },
              Runnable::run)
          .join();
    }
  }

  @RaceFree(TRIGGERED)
  static void composedInsteadOfAFailure(Fork fork) {
    StagesOfTwo shared = new StagesOfTwo();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Integer> failing =
          CompletableFuture.supplyAsync(
              () -> {
                shared.value = 4;
                throw new IllegalStateException("always");
              },
              pool);
      int result =
          failing
              .exceptionallyCompose(
                  failure -> CompletableFuture.supplyAsync(() -> ++shared.value, pool))
              .join();
      expect(5, result);
      expect(5, shared.value);
    }
  }

  /** A function that runs at once and makes a stage while its own is being made. */
  @RaceFree(TRIGGERED)
  static void composedAtOnce(Fork fork) {
    StagesOfTwo shared = new StagesOfTwo();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Integer> composed =
          CompletableFuture.completedFuture(3)
              .thenCompose(
                  three ->
                      CompletableFuture.supplyAsync(() -> shared.value = three, pool)
                          .thenApplyAsync(result -> shared.value = result + 1, pool));
      expect(4, composed.join());
      expect(4, shared.value);
      CompletableFuture<Integer> instead =
          CompletableFuture.<Integer>failedFuture(new IllegalStateException("always"))
              .exceptionallyCompose(
                  failure -> CompletableFuture.supplyAsync(() -> ++shared.value, pool));
      expect(5, instead.join());
      expect(5, shared.value);
    }
  }

  @Racy
  static void composedAtOnceAndNotAwaited(Fork fork) {
    StagesOfTwo shared = new StagesOfTwo();
    Unseen written = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Integer> done = CompletableFuture.completedFuture(3);
      CompletableFuture<Integer> composed =
          done.thenCompose(
              three ->
                  CompletableFuture.supplyAsync(
                      () -> {
                        shared.value = three; // race: composedAtOnceAndNotAwaited
                        written.reached();
                        return three;
                      },
                      pool));
      expect(3, done.join());
      written.await();
      shared.seen = shared.value; // race: composedAtOnceAndNotAwaited
      composed.join();
    }
  }

  @Racy
  static void awaitedTheFailureAlone(Fork fork) {
    StagesOfTwo shared = new StagesOfTwo();
    Unseen written = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Integer> failing =
          CompletableFuture.failedFuture(new IllegalStateException("always"));
      CompletableFuture<Integer> instead =
          failing.exceptionallyComposeAsync(
              failure ->
                  CompletableFuture.supplyAsync(
                      () -> {
                        shared.value = 5; // race: awaitedTheFailureAlone
                        written.reached();
                        return 0;
                      },
                      pool),
              pool);
      try {
        failing.join();
        throw new AssertionError("it succeeded");
      } catch (CompletionException e) {
        written.await();
      }
      shared.seen = shared.value; // race: awaitedTheFailureAlone
      instead.join();
    }
  }
}
