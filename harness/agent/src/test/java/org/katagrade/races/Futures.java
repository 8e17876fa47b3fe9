package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link Future} of a task in a pool, and {@link CompletionService}. */
final class Futures {

  private static final String GET =
      "Future: what the computation does happens before what follows get() in another thread";

  private int value;
  private int seen;

  private Futures() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(GET)
  static void failedTask(Fork fork) throws Exception {
    Futures shared = new Futures();
    try (ExecutorService pool = Executors.newFixedThreadPool(1, fork::thread)) {
      Future<?> failing =
          pool.submit(
              () -> {
                shared.value = 6;
                throw new IllegalStateException("after the write");
              });
      try {
        failing.get();
        throw new AssertionError("it succeeded");
      } catch (ExecutionException expected) {
        expect(6, shared.value);
      }
    }
  }

  @Racy
  static void getTimedOut(Fork fork) throws Exception {
    Futures shared = new Futures();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    try (ExecutorService pool = Executors.newFixedThreadPool(1, fork::thread)) {
      Future<?> slow =
          pool.submit(
              () -> {
                shared.value = 6; // race: getTimedOut
                written.reached();
                over.await();
              });
      written.await();
      try {
        slow.get(1, TimeUnit.MICROSECONDS);
      } catch (TimeoutException e) {
        // Forgotten: it is not over.
      }
      shared.seen = shared.value; // race: getTimedOut
      over.reached();
    }
  }

  @Racy
  static void cancelledButStillRunning(Fork fork) throws Exception {
    Futures shared = new Futures();
    Unseen started = new Unseen();
    Unseen cancelled = new Unseen();
    try (ExecutorService pool = Executors.newFixedThreadPool(1, fork::thread)) {
      Future<?> running =
          pool.submit(
              () -> {
                started.reached();
                cancelled.await();
                shared.value = 6; // race: cancelledButStillRunning
              });
      started.await();
      running.cancel(false);
      shared.value = 7; // race: cancelledButStillRunning
      cancelled.reached();
    }
  }

  @Racy
  static void gotTheOtherFuture(Fork fork) throws Exception {
    Futures shared = new Futures();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      pool.execute(
          () -> {
            shared.value = 6; // race: gotTheOtherFuture
            written.reached();
            // Otherwise its thread might do the other task, too.
            over.await();
          });
      Future<Integer> other = pool.submit(() -> 7);
      expect(7, other.get());
      written.await();
      shared.seen = shared.value; // race: gotTheOtherFuture
      over.reached();
    }
  }

  @Racy
  static void resultChangedByTheNextTask(Fork fork) throws Exception {
    List<Integer> list = new ArrayList<>(List.of(1));
    Futures result = new Futures();
    Unseen changed = new Unseen();
    try (ExecutorService pool = Executors.newSingleThreadExecutor(fork::thread)) {
      Future<List<Integer>> made = pool.submit(() -> list);
      pool.execute(
          () -> {
            list.add(2); // race: resultChangedByTheNextTask
            changed.reached();
          });
      List<Integer> got = made.get();
      changed.await();
      result.seen = got.size(); // race: resultChangedByTheNextTask
    }
  }

  @RaceFree("CompletionService: the task happens before what follows a return from take()")
  static void completionService(Fork fork) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      CompletionService<Futures> service = new ExecutorCompletionService<>(pool);
      for (int i = 1; i <= 4; i++) {
        Futures job = new Futures();
        job.value = i;
        service.submit(
            () -> {
              job.seen = job.value * 2;
              return job;
            });
      }
      int sum = 0;
      for (int i = 1; i <= 4; i++) {
        sum += service.take().get().seen;
      }
      expect(20, sum);
    }
  }

  @RaceFree("CompletionService: the task happens before what follows a return from take()")
  static void takenWithoutGet(Fork fork) throws Exception {
    Futures shared = new Futures();
    try (ExecutorService pool = Executors.newFixedThreadPool(1, fork::thread)) {
      CompletionService<Integer> service = new ExecutorCompletionService<>(pool);
      service.submit(() -> shared.value = 6, 0);
      service.take();
      expect(6, shared.value);
    }
  }
}
