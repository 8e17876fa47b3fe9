package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link CompletableFuture} of a task. */
final class CompletableFutures {

  private static final String GET =
      "Future: what the computation does happens before what follows get() in another thread;"
          + " join() is get() with other exceptions";

  private int value;
  private int seen;

  private CompletableFutures() {}

  private CompletableFutures(int value) {
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

  @RaceFree(GET)
  static void supplied(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      CompletableFutures shared = new CompletableFutures(3);
      CompletableFuture<CompletableFutures> result =
          CompletableFuture.supplyAsync(
              () -> {
                shared.value++;
                return new CompletableFutures(shared.value);
              },
              pool);
      expect(4, result.join().value);
      expect(4, shared.value);
    }
  }

  @RaceFree(GET)
  static void runInTheCommonPool(Fork fork) throws Exception {
    CompletableFutures shared = new CompletableFutures(3);
    CompletableFuture<Void> done = CompletableFuture.runAsync(() -> shared.value++);
    done.get(30, TimeUnit.SECONDS);
    expect(4, shared.value);
  }

  @Racy
  static void notAwaited(Fork fork) {
    CompletableFutures shared = new CompletableFutures();
    Unseen written = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Void> unused =
          CompletableFuture.runAsync(
              () -> {
                shared.value = 5; // race: notAwaited
                written.reached();
              },
              pool);
      written.await();
      shared.seen = shared.value; // race: notAwaited
    }
  }

  @Racy
  static void getNowTooEarly(Fork fork) {
    CompletableFutures shared = new CompletableFutures();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Integer> result =
          CompletableFuture.supplyAsync(
              () -> {
                shared.value = 5; // race: getNowTooEarly
                written.reached();
                over.await();
                return 1;
              },
              pool);
      written.await();
      expect(-1, result.getNow(-1));
      shared.seen = shared.value; // race: getNowTooEarly
      over.reached();
    }
  }

  @RaceFree("CompletableFuture.allOf: is completed when all of the given ones are")
  static void allOf(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      int[] cells = new int[3];
      CompletableFuture<?>[] parts = new CompletableFuture<?>[cells.length];
      for (int i = 0; i < parts.length; i++) {
        int mine = i;
        parts[i] = CompletableFuture.runAsync(() -> cells[mine] = mine + 1, pool);
      }
      CompletableFuture.allOf(parts).join();
      expect(6, cells[0] + cells[1] + cells[2]);
    }
  }

  @Racy
  static void allOfButNotJoined(Fork fork) {
    CompletableFutures shared = new CompletableFutures();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<Void> write =
          CompletableFuture.runAsync(
              () -> {
                shared.value = 5; // race: allOfButNotJoined
                written.reached();
                over.await();
              },
              pool);
      CompletableFuture<Void> all =
          CompletableFuture.allOf(write, CompletableFuture.completedFuture(1));
      written.await();
      shared.seen = shared.value; // race: allOfButNotJoined
      over.reached();
      all.join();
    }
  }

  @RaceFree("CompletableFuture.anyOf: completes with the result of one that completed")
  static void resultOfAnyOf(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<?> one =
          CompletableFuture.supplyAsync(() -> new CompletableFutures(5), pool);
      CompletableFuture<?> other =
          CompletableFuture.supplyAsync(() -> new CompletableFutures(5), pool);
      expect(5, ((CompletableFutures) CompletableFuture.anyOf(one, other).join()).value);
    }
  }

  @Racy
  static void anyOfAndTheSlowerOne(Fork fork) {
    CompletableFutures shared = new CompletableFutures();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture<?> slow =
          CompletableFuture.runAsync(
              () -> {
                shared.value = 5; // race: anyOfAndTheSlowerOne
                written.reached();
                over.await();
              },
              pool);
      CompletableFuture<?> fast = CompletableFuture.supplyAsync(() -> 1, pool);
      CompletableFuture.anyOf(slow, fast).join();
      written.await();
      shared.seen = shared.value; // race: anyOfAndTheSlowerOne
      over.reached();
    }
  }

  @RaceFree(GET)
  static void beforeItsTimeout(Fork fork) {
    try (ExecutorService pool = pool(fork)) {
      CompletableFutures shared = new CompletableFutures();
      CompletableFuture<Integer> result =
          new CompletableFuture<Integer>()
              .completeAsync(() -> shared.value = 5, pool)
              .orTimeout(30, TimeUnit.SECONDS);
      expect(5, result.join());
      expect(5, shared.value);
    }
  }

  @Racy
  static void listFilledByTwo(Fork fork) {
    List<Integer> results = new ArrayList<>();
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> add(results, 1, one, other), pool),
              CompletableFuture.runAsync(() -> add(results, 2, other, one), pool))
          .join();
    }
  }

  private static void add(List<Integer> results, int result, Unseen here, Unseen there) {
    // Otherwise one thread might do both.
    here.reached();
    there.await();
    results.add(result); // race: listFilledByTwo
  }
}
