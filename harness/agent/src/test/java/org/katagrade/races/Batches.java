package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link ExecutorService}: several tasks at once, and what is known of which of them. */
final class Batches {

  private static final String GET =
      "Future: what the computation does happens before what follows get() in another thread";

  private int value;
  private int seen;

  private Batches() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static ExecutorService pool(Fork fork) {
    return Executors.newFixedThreadPool(2, fork::thread);
  }

  private Callable<Integer> setTo(int number) {
    return () -> {
      value = number;
      return number;
    };
  }

  private Callable<Integer> failAt(int number) {
    return () -> {
      value = number;
      throw new IllegalStateException("always");
    };
  }

  @RaceFree(GET)
  static void allWithinATime(Fork fork) throws Exception {
    Batches one = new Batches();
    Batches other = new Batches();
    try (ExecutorService pool = pool(fork)) {
      int sum = 0;
      for (Future<Integer> result :
          pool.invokeAll(List.of(one.setTo(3), other.setTo(4)), 30, TimeUnit.SECONDS)) {
        sum += result.get();
      }
      expect(7, sum);
      expect(7, one.value + other.value);
    }
  }

  @RaceFree(GET)
  static void someOfAllFail(Fork fork) throws Exception {
    List<Batches> shared = new ArrayList<>();
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Batches each = new Batches();
      shared.add(each);
      tasks.add(i % 2 == 0 ? each.setTo(i) : each.failAt(10 * i));
    }
    try (ExecutorService pool = pool(fork)) {
      int failed = 0;
      int sum = 0;
      List<Future<Integer>> results = pool.invokeAll(tasks);
      for (int i = 0; i < 4; i++) {
        try {
          expect(i, results.get(i).get());
        } catch (ExecutionException expected) {
          failed++;
        }
        sum += shared.get(i).value;
      }
      expect(2, failed);
      expect(0 + 10 + 2 + 30, sum);
    }
  }

  @RaceFree("ExecutorService.invokeAny: returns the result of one that completed without throwing")
  static void anyButTheFailingOne(Fork fork) throws Exception {
    Batches lost = new Batches();
    try (ExecutorService pool = pool(fork)) {
      Callable<Batches> succeed =
          () -> {
            Batches result = new Batches();
            result.value = 5;
            return result;
          };
      Callable<Batches> fail =
          () -> {
            lost.value = 1;
            throw new IllegalStateException("always");
          };
      expect(5, pool.invokeAny(List.of(fail, succeed), 30, TimeUnit.SECONDS).value);
    }
    expect(0, lost.seen);
  }

  @Racy
  static void sideEffectOfTheOneThatLost(Fork fork) throws Exception {
    Batches shared = new Batches();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    Callable<Integer> slow =
        () -> {
          shared.value = 5; // race: sideEffectOfTheOneThatLost
          written.reached();
          over.await();
          return 1;
        };
    Callable<Integer> fast =
        () -> {
          written.await();
          return 2;
        };
    try (ExecutorService pool = pool(fork)) {
      expect(2, pool.invokeAny(List.of(slow, fast)));
      shared.seen = shared.value; // race: sideEffectOfTheOneThatLost
      over.reached();
    }
  }

  @RaceFree(GET)
  static void resultGivenWithTheTask(Fork fork) throws Exception {
    try (ExecutorService pool = pool(fork)) {
      Batches box = new Batches();
      Future<Batches> filled = pool.submit(() -> box.value = 6, box);
      expect(6, filled.get().value);
      expect(6, box.value);
    }
  }

  @Racy
  static void boxReadWithoutTheFuture(Fork fork) throws Exception {
    Unseen written = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      Batches box = new Batches();
      Future<Batches> filled =
          pool.submit(
              () -> {
                box.value = 6; // race: boxReadWithoutTheFuture
                written.reached();
              },
              box);
      written.await();
      box.seen = box.value; // race: boxReadWithoutTheFuture
      expect(6, filled.get().seen);
    }
  }

  @RaceFree(GET)
  static void polledUntilOneIsDone(Fork fork) throws Exception {
    Batches shared = new Batches();
    try (ExecutorService pool = pool(fork)) {
      CompletionService<Integer> service = new ExecutorCompletionService<>(pool);
      service.submit(shared.setTo(8));
      @Nullable Future<Integer> done = service.poll();
      while (done == null) {
        Thread.yield();
        done = service.poll();
      }
      expect(8, done.get());
      expect(8, shared.value);
    }
  }

  @Racy
  static void tookTheOtherOne(Fork fork) throws Exception {
    Batches shared = new Batches();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      CompletionService<Integer> service = new ExecutorCompletionService<>(pool);
      service.submit(
          () -> {
            shared.value = 5; // race: tookTheOtherOne
            written.reached();
            over.await();
            return 1;
          });
      service.submit(() -> 2);
      expect(2, service.take().get());
      written.await();
      shared.seen = shared.value; // race: tookTheOtherOne
      over.reached();
    }
  }

  @Racy
  static void gotOnlyTheLastOne(Fork fork) throws Exception {
    Batches shared = new Batches();
    Unseen written = new Unseen();
    try (ExecutorService pool = pool(fork)) {
      Future<?> first =
          pool.submit(
              () -> {
                shared.value = 5; // race: gotOnlyTheLastOne
                written.reached();
              });
      // Otherwise one thread might do both, one after the other.
      Future<Integer> last =
          pool.submit(
              () -> {
                written.await();
                return 2;
              });
      expect(2, last.get());
      shared.seen = shared.value; // race: gotOnlyTheLastOne
      first.get();
    }
  }

  @RaceFree(GET)
  static void eachTaskGetsTheOneBefore(Fork fork) throws Exception {
    Batches shared = new Batches();
    // Two threads: a task that waits has an earlier one to wait for, which has a thread.
    try (ExecutorService pool = pool(fork)) {
      @Nullable Future<Integer> last = null;
      for (int i = 0; i < 6; i++) {
        Future<Integer> before = last;
        last =
            pool.submit(
                () -> {
                  if (before != null) {
                    int reached = before.get();
                    expect(reached, shared.value);
                  }
                  return ++shared.value;
                });
      }
      expect(6, last.get());
      expect(6, shared.value);
    }
  }
}
