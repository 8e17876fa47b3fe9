package org.katagrade.races;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link CompletableFuture} that somebody completes. */
final class Promises {

  private static final String GET =
      "Future: what the computation does happens before what follows get() in another thread;"
          + " join() is get() with other exceptions";

  private int value;
  private int seen;

  private Promises() {}

  private Promises(int value) {
    this.value = value;
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(GET)
  static void completedByAThread(Fork fork) throws Exception {
    Promises shared = new Promises();
    CompletableFuture<String> promise = new CompletableFuture<>();
    Thread thread =
        fork.thread(
            () -> {
              shared.value = 5;
              promise.complete("done");
            });
    thread.start();
    promise.get();
    int seen = shared.value;
    thread.join();
    expect(5, seen);
  }

  @Racy
  static void completedBeforeTheWrite(Fork fork) throws Exception {
    Promises shared = new Promises();
    CompletableFuture<String> promise = new CompletableFuture<>();
    Thread thread =
        fork.thread(
            () -> {
              promise.complete("done");
              shared.value = 5; // race: completedBeforeTheWrite
            });
    thread.start();
    promise.get();
    shared.seen = shared.value; // race: completedBeforeTheWrite
    thread.join();
  }

  @RaceFree(GET)
  static void completedExceptionally(Fork fork) throws Exception {
    Promises shared = new Promises();
    CompletableFuture<String> promise = new CompletableFuture<>();
    Thread thread =
        fork.thread(
            () -> {
              shared.value = 5;
              promise.completeExceptionally(new IllegalStateException("after the write"));
            });
    thread.start();
    try {
      promise.join();
      throw new AssertionError("it succeeded");
    } catch (CompletionException expected) {
      shared.seen = shared.value;
    }
    thread.join();
    expect(5, shared.seen);
  }

  @RaceFree(GET)
  static void firstOfTwoWins(Fork fork) throws Exception {
    CompletableFuture<Promises> promise = new CompletableFuture<>();
    Thread one = fork.thread(() -> promise.complete(new Promises(3)));
    Thread other = fork.thread(() -> promise.complete(new Promises(4)));
    one.start();
    other.start();
    int seen = promise.join().value;
    one.join();
    other.join();
    if (seen != 3 && seen != 4) {
      throw new AssertionError(seen);
    }
  }

  @Racy
  static void readWhatTheSecondWrote(Fork fork) throws Exception {
    Promises shared = new Promises();
    CompletableFuture<String> promise = new CompletableFuture<>();
    promise.complete("first");
    Unseen refused = new Unseen();
    Thread second =
        fork.thread(
            () -> {
              shared.value = 5; // race: readWhatTheSecondWrote
              promise.complete("second");
              refused.reached();
            });
    second.start();
    refused.await();
    promise.join();
    shared.seen = shared.value; // race: readWhatTheSecondWrote
    second.join();
  }

  @RaceFree(GET)
  static void twoWaitForOnePromise(Fork fork) throws Exception {
    CompletableFuture<Promises> promise = new CompletableFuture<>();
    int[] seen = new int[2];
    Thread completing = fork.thread(() -> promise.complete(new Promises(6)));
    completing.start();
    TwoThreads.together(
        fork, () -> seen[0] = promise.join().value, () -> seen[1] = promise.join().value);
    completing.join();
    expect(12, seen[0] + seen[1]);
  }

  @RaceFree("CompletableFuture.completeOnTimeout: completes with the given value")
  static void fallbackOnTimeout(Fork fork) {
    Promises fallback = new Promises(4);
    CompletableFuture<Promises> never = new CompletableFuture<>();
    expect(4, never.completeOnTimeout(fallback, 1, TimeUnit.MILLISECONDS).join().value);
  }

  @RaceFree(GET)
  static void copiedForOthers(Fork fork) throws Exception {
    Promises shared = new Promises();
    CompletableFuture<Integer> promise = new CompletableFuture<>();
    CompletableFuture<Integer> copy = promise.copy();
    Thread thread =
        fork.thread(
            () -> {
              shared.value = 5;
              promise.complete(1);
            });
    thread.start();
    copy.join();
    int seen = shared.value;
    thread.join();
    expect(5, seen);
  }
}
