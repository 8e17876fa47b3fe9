package org.katagrade.explored;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code CompletableFuture}: who completes it, with what, and when. */
final class Completable {

  private Completable() {}

  @Sound("combined when both are there")
  static void combines(Fork fork) throws Exception {
    CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> 1);
    CompletableFuture<Integer> two = CompletableFuture.supplyAsync(() -> 2);
    Crew.expectEqual(3, one.thenCombine(two, Integer::sum).get());
  }

  @Broken(Wrong.class)
  static void readsWithoutWaiting(Fork fork) throws Exception {
    CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> 1);
    CompletableFuture<Integer> two = CompletableFuture.supplyAsync(() -> 2);
    CompletableFuture<Integer> sum = one.thenCombine(two, Integer::sum);
    Crew.expectEqual(3, sum.getNow(0));
  }

  @Sound("complete tells who was first")
  static void completedOnce(Fork fork) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    AtomicInteger winners = new AtomicInteger();
    Task complete = () -> winners.addAndGet(future.complete(1) ? 1 : 0);
    Crew.run(fork, complete, complete);
    Crew.expectEqual(1, winners.get());
  }

  @Broken(Wrong.class)
  static void asksBeforeItCompletes(Fork fork) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    AtomicInteger winners = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> {
          if (!future.isDone()) {
            future.complete(1);
            winners.incrementAndGet();
          }
        });
    Crew.expectEqual(1, winners.get());
  }

  @Sound("in time or not, it is handled")
  static void handlesTheTimeout(Fork fork) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<Integer>();
    CompletableFuture<Integer> answer =
        future
            .orTimeout(1, TimeUnit.SECONDS)
            .exceptionally(thrown -> thrown instanceof TimeoutException ? 7 : 0);
    Crew.run(fork, () -> future.complete(7), () -> Crew.expectEqual(7, answer.get()));
  }

  @Broken(Wrong.class)
  static void neverThinksOfTheTimeout(Fork fork) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    CompletableFuture<Integer> answer = future.orTimeout(1, TimeUnit.SECONDS);
    Crew.run(fork, () -> future.complete(7), () -> Crew.expectEqual(7, answer.get()));
  }

  @Sound("nobody completes it, so time does")
  static void completedByTime(Fork fork) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    future.completeOnTimeout(3, 10, TimeUnit.MILLISECONDS);
    Crew.run(fork, 2, () -> Crew.expectEqual(3, future.get()));
  }

  @Broken(Wrong.class)
  static void completedByTimeOrNot(Fork fork) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    future.completeOnTimeout(3, 1, TimeUnit.SECONDS);
    Crew.run(fork, () -> future.complete(7), () -> Crew.expectEqual(7, future.get()));
  }

  @Sound("joins all of them")
  static void joinsAll(Fork fork) throws Exception {
    allOf(fork, true);
  }

  @Broken(Wrong.class)
  static void joinsNone(Fork fork) throws Exception {
    allOf(fork, false);
  }

  private static void allOf(Fork fork, boolean joins) {
    AtomicInteger sum = new AtomicInteger();
    CompletableFuture<?> one = CompletableFuture.runAsync(() -> sum.addAndGet(1));
    CompletableFuture<?> two = CompletableFuture.runAsync(() -> sum.addAndGet(2));
    CompletableFuture<?> all = CompletableFuture.allOf(one, two);
    if (joins) {
      all.join();
    }
    Crew.expectEqual(3, sum.get());
  }

  @Sound("either answer will do")
  static void anyOf(Fork fork) throws Exception {
    CompletableFuture<Object> any =
        CompletableFuture.anyOf(
            CompletableFuture.supplyAsync(() -> 1), CompletableFuture.supplyAsync(() -> 2));
    Object answer = any.join();
    Crew.expect(answer.equals(1) || answer.equals(2), "one of both");
  }

  @Broken(Wrong.class)
  static void anyTakenForTheFirst(Fork fork) throws Exception {
    CompletableFuture<Object> any =
        CompletableFuture.anyOf(
            CompletableFuture.supplyAsync(() -> 1), CompletableFuture.supplyAsync(() -> 2));
    Crew.expectEqual(1, any.join());
  }

  @Broken(LostWakeup.class)
  static void waitsForItself(Fork fork) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    Crew.run(fork, () -> future.complete(future.get()));
  }

  @Broken(LostWakeup.class)
  static void waitsInItsOnlyThread(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newSingleThreadExecutor(fork::thread)) {
      CompletableFuture<Integer> outer =
          CompletableFuture.supplyAsync(
              () -> CompletableFuture.supplyAsync(() -> 7, pool).join(), pool);
      Crew.expectEqual(7, outer.get());
    }
  }

  @Sound("composed, so that no thread waits for another")
  static void composes(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newSingleThreadExecutor(fork::thread)) {
      CompletableFuture<Integer> outer =
          CompletableFuture.supplyAsync(() -> 3, pool)
              .thenCompose(three -> CompletableFuture.supplyAsync(() -> three + 4, pool));
      Crew.expectEqual(7, outer.get());
    }
  }

  @Broken(LostWakeup.class)
  static void nobodyCompletesIt(Fork fork) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    CompletableFuture<Void> work =
        CompletableFuture.runAsync(
            () -> {
              if (!future.isDone()) {
                throw new IllegalStateException("the work failed");
              }
              future.complete(7);
            });
    Crew.expect(!work.equals(future), "two futures");
    future.get();
  }

  @Sound("completed with what was thrown, too")
  static void completedExceptionally(Fork fork) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    CompletableFuture.runAsync(
        () -> future.completeExceptionally(new IllegalStateException("the work failed")));
    try {
      future.get();
      throw new AssertionError("it failed");
    } catch (ExecutionException e) {
      Crew.expect(e.getCause() instanceof IllegalStateException, "of what it threw");
    }
  }

  @Broken(Wrong.class)
  static void stagesShareACount(Fork fork) throws Exception {
    AtomicInteger count = new AtomicInteger();
    CompletableFuture<Void> start = new CompletableFuture<>();
    CompletableFuture<?> one = start.thenRunAsync(() -> count.set(count.get() + 1));
    CompletableFuture<?> two = start.thenRunAsync(() -> count.set(count.get() + 1));
    start.complete(null);
    CompletableFuture.allOf(one, two).join();
    Crew.expectEqual(2, count.get());
  }

  @Sound("one stage after the other")
  static void stagesInARow(Fork fork) throws Exception {
    AtomicInteger count = new AtomicInteger();
    CompletableFuture.runAsync(() -> count.set(count.get() + 1))
        .thenRunAsync(() -> count.set(count.get() + 1))
        .join();
    Crew.expectEqual(2, count.get());
  }
}
