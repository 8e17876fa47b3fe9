package org.katagrade.agent.explore;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether this JDK does as the explorer thinks. Another release may have moved what is woven, and
 * then threads would wait for real or be seen to wait when they do not: so it is tried on programs
 * whose ends are known, before any other is believed. None of them blocks where nothing is woven.
 */
final class SelfTest {

  private static final int STEPS = 2_000;
  private static final Budget BUDGET = new Budget(2_000, STEPS, 60_000);
  private static final Duration HOUR = Duration.ofHours(1);

  private static final int VALUE = FieldName.register(SelfTest.class.getName(), "value");

  private int value;

  private SelfTest() {}

  /** What is not as it should be; empty if all is. */
  static String failure() {
    try {
      runs("threads are started and joined", SelfTest::startsThreads);
      runs("threads park and unpark", SelfTest::parks);
      runs("virtual threads park and unpark", () -> handsOver(Thread.ofVirtual()));
      runs("platform threads park and unpark", () -> handsOver(Thread.ofPlatform()));
      runs("time passes", SelfTest::sleeps);
      runs("interrupts are kept", SelfTest::interrupts);
      runs("each run has a common pool", SelfTest::usesTheCommonPool);
      findsTheLostUpdate();
      return "";
    } catch (IllegalStateException | LinkageError e) {
      return "this is JDK "
          + Runtime.version()
          + ", which the explorer does not know: "
          + e.getMessage();
    }
  }

  private static void runs(String what, Program program) {
    Ending ending =
        new Execution(program, Mode.EXPLORED)
            .run(new Replayer(new Schedule(List.of())), STEPS, false)
            .ending();
    if (!ending.isGood()) {
      throw new IllegalStateException(what + ": " + ending);
    }
  }

  private static void expect(boolean kept, String what) {
    if (!kept) {
      throw new IllegalStateException(what);
    }
  }

  private static void startsThreads() throws InterruptedException {
    for (Thread.Builder builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
      CountDownLatch ran = new CountDownLatch(1);
      Thread thread = builder.unstarted(ran::countDown);
      thread.start();
      expect(Internals.strandOf(thread) != null, "a thread is started for real");
      expect(ran.getCount() == 1 && thread.isAlive(), "a thread runs before its turn");
      thread.join();
      expect(ran.getCount() == 0, "a thread has ended and not run");
      expect(thread.getState() == Thread.State.TERMINATED && !thread.isAlive(), "it lives on");
    }
  }

  private static void parks() {
    Strand me = Objects.requireNonNull(Execution.me());
    LockSupport.unpark(Thread.currentThread());
    expect(me.permit, "unpark is not seen");
    LockSupport.park();
    expect(!me.permit, "park is not seen");
  }

  private static void handsOver(Thread.Builder builder) throws InterruptedException {
    SelfTest shared = new SelfTest();
    Thread other =
        builder.start(
            () -> {
              while (shared.value == 0) {
                LockSupport.park(shared);
              }
              shared.value++;
            });
    Control.awaitQuiet();
    expect(other.getState() == Thread.State.WAITING, "it does not wait");
    expect(LockSupport.getBlocker(other) == shared, "it does not say for what");
    shared.value = 1;
    LockSupport.unpark(other);
    other.join();
    expect(shared.value == 2, "what was handed over was not taken");
  }

  private static void sleeps() throws InterruptedException {
    long before = Control.nanos();
    Thread.sleep(1);
    expect(Control.nanos() - before == TimeUnit.MILLISECONDS.toNanos(1), "a sleep is not seen");
    Thread.sleep(HOUR);
    CountDownLatch never = new CountDownLatch(1);
    expect(!never.await(1, TimeUnit.HOURS), "a latch has opened by itself");
    expect(Control.nanos() - before > 2 * HOUR.toNanos(), "two hours have not passed");
  }

  private static void interrupts() {
    for (Thread.Builder builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
      SelfTest shared = new SelfTest();
      Thread sleeper =
          builder.start(
              () -> {
                try {
                  Thread.sleep(HOUR);
                } catch (InterruptedException e) {
                  shared.value = Thread.currentThread().isInterrupted() ? 1 : 2;
                }
              });
      Control.awaitQuiet();
      sleeper.interrupt();
      try {
        sleeper.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException("somebody else is interrupted", e);
      }
      expect(shared.value == 2, "an interrupt was lost");
    }
  }

  private static void usesTheCommonPool() {
    Strand me = Objects.requireNonNull(Execution.me());
    expect(ForkJoinPool.commonPool() == me.execution.commonPool(), "it is everybody's");
    expect(CompletableFuture.supplyAsync(() -> 7).join() == 7, "it does not work");
  }

  /** As woven code does it. */
  private void increment() {
    Steps.read(this, VALUE);
    int before = value;
    Steps.write(this, VALUE);
    value = before + 1;
  }

  private static void findsTheLostUpdate() {
    Findings findings =
        Search.search(
            new Execution(
                () -> {
                  SelfTest shared = new SelfTest();
                  Thread one = Thread.ofPlatform().start(shared::increment);
                  Thread.ofVirtual().start(shared::increment).join();
                  one.join();
                  expect(shared.value == 2, "an update is lost");
                },
                Mode.EXPLORED),
            BUDGET,
            1);
    Run failure = findings.failure();
    expect(
        failure != null && failure.ending() instanceof Ending.Wrong,
        "a lost update ends as " + (failure == null ? "nothing" : failure.ending()));
  }
}
