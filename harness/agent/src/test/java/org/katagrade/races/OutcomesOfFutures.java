package org.katagrade.races;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Futures that are asked for their outcome, and not awaited. */
final class OutcomesOfFutures {

  private static final String OUTCOME =
      "Future: what the computation does happens before what follows once its outcome is known";

  private int value;
  private int seen;

  private OutcomesOfFutures() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static FutureTask<Integer> setting(OutcomesOfFutures shared) {
    return new FutureTask<>(
        () -> {
          shared.value = 7; // race: askedWhileItRuns
          return 7;
        });
  }

  @RaceFree(OUTCOME)
  static void askedForItsState(Fork fork) throws InterruptedException {
    OutcomesOfFutures shared = new OutcomesOfFutures();
    FutureTask<Integer> task = setting(shared);
    TwoThreads.together(
        fork,
        task,
        () -> {
          while (task.state() == Future.State.RUNNING) {
            Thread.yield();
          }
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @Racy
  static void askedWhileItRuns(Fork fork) throws InterruptedException {
    OutcomesOfFutures shared = new OutcomesOfFutures();
    FutureTask<Integer> task = setting(shared);
    TwoThreads.inTurn(
        fork,
        task,
        () -> {
          Future<Integer> other = new FutureTask<>(() -> 1);
          expect(0, other.state().ordinal());
          shared.seen = shared.value; // race: askedWhileItRuns
        });
  }

  @RaceFree(OUTCOME)
  static void resultNow(Fork fork) throws InterruptedException {
    OutcomesOfFutures shared = new OutcomesOfFutures();
    FutureTask<Integer> task = setting(shared);
    Unseen done = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          task.run();
          done.reached();
        },
        () -> {
          done.await();
          expect(7, task.resultNow());
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @RaceFree(OUTCOME)
  static void exceptionNow(Fork fork) throws InterruptedException {
    OutcomesOfFutures shared = new OutcomesOfFutures();
    CompletableFuture<Integer> promise = new CompletableFuture<>();
    Unseen done = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          promise.completeExceptionally(new IllegalStateException("always"));
          done.reached();
        },
        () -> {
          done.await();
          expect(6, promise.exceptionNow().getMessage().length());
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @RaceFree(OUTCOME)
  static void cancelledByAnother(Fork fork) throws InterruptedException {
    OutcomesOfFutures shared = new OutcomesOfFutures();
    CompletableFuture<Integer> promise = new CompletableFuture<>();
    FutureTask<Integer> task = new FutureTask<>(() -> 1);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          promise.cancel(false);
          task.cancel(false);
        },
        () -> {
          while (!promise.isCancelled() || !task.isCancelled()) {
            Thread.yield();
          }
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @Racy
  static void notCancelledYet(Fork fork) throws InterruptedException {
    OutcomesOfFutures shared = new OutcomesOfFutures();
    CompletableFuture<Integer> promise = new CompletableFuture<>();
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7; // race: notCancelledYet
          written.reached();
          over.await();
          promise.cancel(false);
        },
        () -> {
          written.await();
          if (!promise.isCancelled() && promise.state() == Future.State.RUNNING) {
            shared.seen = shared.value; // race: notCancelledYet
          }
          over.reached();
        });
  }

  @RaceFree(OUTCOME)
  static void waiterSeesTheCancellation(Fork fork) throws InterruptedException {
    OutcomesOfFutures shared = new OutcomesOfFutures();
    FutureTask<Integer> task = new FutureTask<>(() -> 1);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          task.cancel(true);
        },
        () -> {
          try {
            task.get();
          } catch (CancellationException e) {
            shared.seen = shared.value;
          } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
          }
        });
    expect(7, shared.seen);
  }

  @RaceFree("CompletableFuture.obtrudeValue: subsequently returned by get() and related methods")
  static void obtruded(Fork fork) throws InterruptedException {
    OutcomesOfFutures shared = new OutcomesOfFutures();
    CompletableFuture<Integer> promise = CompletableFuture.completedFuture(1);
    TwoThreads.together(
        fork,
        () -> {
          shared.value = 7;
          promise.obtrudeValue(2);
        },
        () -> {
          while (promise.join() == 1) {
            Thread.yield();
          }
          shared.seen = shared.value;
        });
    expect(7, shared.seen);
  }

  @Racy
  static void writtenAfterItWasObtruded(Fork fork) throws InterruptedException {
    OutcomesOfFutures shared = new OutcomesOfFutures();
    CompletableFuture<Integer> promise = CompletableFuture.completedFuture(1);
    TwoThreads.inTurn(
        fork,
        () -> {
          promise.obtrudeValue(2);
          shared.value = 7; // race: writtenAfterItWasObtruded
        },
        () -> {
          expect(2, promise.join());
          shared.seen = shared.value; // race: writtenAfterItWasObtruded
        });
  }

  @RaceFree(OUTCOME)
  static void eachOfAPoolAskedForItsState(Fork fork) {
    OutcomesOfFutures shared = new OutcomesOfFutures();
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      Future<?> done = pool.submit(() -> shared.value = 7);
      while (done.state() != Future.State.SUCCESS) {
        Thread.yield();
      }
      expect(7, shared.value);
    }
  }
}
