package org.katagrade.races;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link ScheduledExecutorService}. */
final class Schedules {

  private static final String SUBMIT =
      "ExecutorService: what precedes the submission happens before the task, and that before its"
          + " result is retrieved via Future.get()";
  private static final String SUCCESSIVE =
      "ScheduledThreadPoolExecutor: the effects of prior executions of a periodic task happen"
          + " before those of subsequent ones";

  private int value;
  private int seen;

  private Schedules() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  private static ScheduledExecutorService clock(Fork fork) {
    return Executors.newScheduledThreadPool(2, fork::thread);
  }

  @RaceFree(SUBMIT)
  static void scheduledOnce(Fork fork) throws Exception {
    try (ScheduledExecutorService clock = clock(fork)) {
      Schedules shared = new Schedules();
      shared.value = 3;
      Future<Integer> result =
          clock.schedule(
              () -> {
                shared.seen = shared.value;
                return shared.seen + 1;
              },
              10,
              TimeUnit.MICROSECONDS);
      expect(4, result.get());
      expect(3, shared.seen);
    }
  }

  @RaceFree(SUBMIT)
  static void eachSchedulesTheNext(Fork fork) throws Exception {
    Schedules shared = new Schedules();
    CountDownLatch done = new CountDownLatch(1);
    try (ScheduledExecutorService clock = clock(fork)) {
      scheduleNext(clock, shared, done);
      done.await();
      expect(4, shared.value);
    }
  }

  private static void scheduleNext(
      ScheduledExecutorService clock, Schedules shared, CountDownLatch done) {
    clock.schedule(
        () -> {
          shared.value++;
          if (shared.value < 4) {
            scheduleNext(clock, shared, done);
          } else {
            done.countDown();
          }
        },
        1,
        TimeUnit.MICROSECONDS);
  }

  @RaceFree(SUCCESSIVE)
  static void atAFixedRate(Fork fork) throws Exception {
    Schedules shared = new Schedules();
    CountDownLatch done = new CountDownLatch(1);
    try (ScheduledExecutorService clock = clock(fork)) {
      clock.scheduleAtFixedRate(() -> shared.countToThree(done), 0, 500, TimeUnit.MICROSECONDS);
      done.await();
      expect(3, shared.value);
    }
  }

  @RaceFree(SUCCESSIVE)
  static void withAFixedDelay(Fork fork) throws Exception {
    Schedules shared = new Schedules();
    CountDownLatch done = new CountDownLatch(1);
    try (ScheduledExecutorService clock = clock(fork)) {
      clock.scheduleWithFixedDelay(() -> shared.countToThree(done), 0, 100, TimeUnit.MICROSECONDS);
      done.await();
      expect(3, shared.value);
    }
  }

  private void countToThree(CountDownLatch done) {
    // It may be run once more, and must not write then.
    if (value < 3) {
      value++;
      if (value == 3) {
        done.countDown();
      }
    }
  }

  @RaceFree(
      "Future: what the computation does happens before what follows get(), also if it failed")
  static void endedByAnException(Fork fork) throws Exception {
    Schedules shared = new Schedules();
    try (ScheduledExecutorService clock = clock(fork)) {
      Future<?> failing =
          clock.scheduleAtFixedRate(
              () -> {
                shared.value++;
                if (shared.value == 3) {
                  throw new IllegalStateException("at the third time");
                }
              },
              0,
              100,
              TimeUnit.MICROSECONDS);
      try {
        failing.get();
        throw new AssertionError("it ended");
      } catch (ExecutionException expected) {
        expect(3, shared.value);
      }
    }
  }

  @RaceFree("Executors.newSingleThreadScheduledExecutor: tasks are executed sequentially")
  static void oneThreadForAllTasks(Fork fork) throws Exception {
    Schedules shared = new Schedules();
    try (ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(fork::thread)) {
      clock.execute(() -> shared.value++);
      clock.schedule(() -> shared.value++, 1, TimeUnit.MICROSECONDS);
      expect(0, clock.schedule(() -> 0, 1, TimeUnit.MILLISECONDS).get());
      expect(2, clock.submit(() -> shared.value).get());
    }
  }

  @Racy
  static void writtenAfterItWasScheduled(Fork fork) throws Exception {
    Schedules shared = new Schedules();
    try (ScheduledExecutorService clock = clock(fork)) {
      Future<?> reading =
          clock.schedule(
              () -> {
                shared.seen = shared.value; // race: writtenAfterItWasScheduled
              },
              1,
              TimeUnit.MILLISECONDS);
      shared.value = 5; // race: writtenAfterItWasScheduled
      reading.get();
    }
  }

  @Racy
  static void cancelDoesNotWait(Fork fork) throws Exception {
    Schedules shared = new Schedules();
    Unseen written = new Unseen();
    try (ScheduledExecutorService clock = clock(fork)) {
      Future<?> repeated =
          clock.scheduleAtFixedRate(
              () -> {
                shared.value = 5; // race: cancelDoesNotWait
                written.reached();
              },
              0,
              1,
              TimeUnit.MILLISECONDS);
      written.await();
      repeated.cancel(false);
      shared.seen = shared.value; // race: cancelDoesNotWait
    }
  }

  @Racy
  static void sharedByTwoPeriodicTasks(Fork fork) throws Exception {
    Schedules shared = new Schedules();
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    try (ScheduledExecutorService clock = clock(fork)) {
      clock.scheduleAtFixedRate(() -> shared.increment(one, other), 0, 1, TimeUnit.MILLISECONDS);
      clock.scheduleWithFixedDelay(() -> shared.increment(other, one), 0, 1, TimeUnit.MILLISECONDS);
      one.await();
      other.await();
    }
  }

  private void increment(Unseen here, Unseen there) {
    // Otherwise one thread might do both.
    here.reached();
    there.await();
    value++; // race: sharedByTwoPeriodicTasks
  }
}
