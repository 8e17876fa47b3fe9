package org.katagrade.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.katagrade.agent.explore.Budget;
import org.katagrade.agent.explore.Ending;
import org.katagrade.agent.explore.Explorer;
import org.katagrade.agent.explore.Findings;
import org.katagrade.agent.explore.Program;
import org.katagrade.agent.explore.Run;
import org.katagrade.checks.evidence.LeakedThread;
import org.katagrade.checks.evidence.Operation;

/** Checks that are explored: of right programs, which stay clean, and of wrong ones. */
final class ExploredCheckIT {

  private static final Budget BUDGET = new Budget(400, 20_000, 60_000);

  @Test
  void aCrowdOfARightBufferIsClean() {
    isClean(
        () -> {
          SmallBuffer buffer = new SmallBuffer();
          try (var takers = Crowd.of(2, buffer::take)) {
            takers.allBlock();
            try (var putters = Crowd.numbered(2, number -> buffer.put(number))) {
              putters.allFinish();
              takers.allFinish();
              assertThat(takers.results()).containsExactlyInAnyOrder(0, 1);
            }
          }
        });
  }

  @Test
  void whoStandsStillStopsNobodyWhoNeedsNothingOfIt() {
    isClean(
        () -> {
          AtomicInteger count = new AtomicInteger();
          try (var first = Crowd.of(1, count::incrementAndGet)) {
            try (Crowd.Stopped _ = first.stop(0);
                var second = Crowd.of(1, count::incrementAndGet)) {
              second.allFinish();
            }
            first.allFinish();
          }
          assertThat(count).hasValue(2);
        });
  }

  @Test
  void whoStandsStillWithALockKeepsOthersOut() {
    Run failure =
        explore(
                () -> {
                  ReentrantLock lock = new ReentrantLock();
                  Crowd.Task locks =
                      () -> {
                        lock.lock();
                        lock.unlock();
                      };
                  try (var first = Crowd.of(1, locks)) {
                    try (Crowd.Stopped _ = first.stop(0);
                        var second = Crowd.of(1, locks)) {
                      second.allFinish();
                    }
                    first.allFinish();
                  }
                })
            .failure();

    assertThat(failure).isNotNull();
    assertThat(failure.ending())
        .isInstanceOfSatisfying(
            Ending.Wrong.class,
            wrong ->
                assertThat(wrong.thrown())
                    .hasMessageContaining("is held at a step that the schedule chose"));
  }

  /** What the detector knows of an object leads to all threads, and is no part of its state. */
  @Test
  void theShapeOfAnObjectIsWithoutWhatTheDetectorKeepsInIt() throws Exception {
    Box box = new Box();
    box.value = 7;
    Field shadow = Box.class.getDeclaredField("$race");
    shadow.setAccessible(true);
    assertThat(shadow.get(box)).as("what the detector keeps").isNotNull();

    assertThat(new Shape.Taker().of(List.of(box))).containsExactly(Box.class, 7);
  }

  private static final class Box {
    private int value;
  }

  @Test
  void theStoryTellsWhoThrewWhat() {
    Run failure =
        explore(
                () -> {
                  try (var crowd =
                      Crowd.of(
                          1,
                          () -> {
                            throw new IllegalStateException("at once");
                          })) {
                    crowd.allFinish();
                  }
                })
            .failure();

    assertThat(failure).isNotNull();
    assertThat(failure.story().steps())
        .filteredOn(step -> step.text().equals("throws IllegalStateException"))
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.thread()).isPositive();
              assertThat(step.at()).isNotNull();
              assertThat(step.at().getMethodName()).contains("theStoryTellsWhoThrewWhat");
            });
  }

  @Test
  void theStoryTellsWhoIsInterrupted() {
    Run failure =
        explore(
                () -> {
                  CountDownLatch never = new CountDownLatch(1);
                  Crowd.Task swallows =
                      () -> {
                        try {
                          never.await();
                        } catch (InterruptedException e) {
                          never.await();
                        }
                      };
                  try (var crowd = Crowd.of(1, swallows)) {
                    crowd.allBlock().interruptAll().allFinish();
                  }
                })
            .failure();

    assertThat(failure).isNotNull();
    assertThat(failure.story().steps())
        .filteredOn(step -> step.text().equals("is interrupted"))
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.thread()).isPositive();
              assertThat(step.at()).isNotNull();
              assertThat(step.at().getMethodName()).contains("theStoryTellsWhoIsInterrupted");
            });
  }

  @Test
  void theStoryTellsWhoNeverGotAMonitor() {
    Run failure =
        explore(
                () -> {
                  Object monitor = new Object();
                  CountDownLatch never = new CountDownLatch(1);
                  Crowd.Task waits =
                      () -> {
                        synchronized (monitor) {
                          never.await();
                        }
                      };
                  try (var crowd = Crowd.of(2, waits)) {
                    crowd.allFinish();
                  }
                })
            .failure();

    assertThat(failure).isNotNull();
    assertThat(failure.story().steps().getLast().text())
        .matches("waits for Object#\\d+, which crowd-\\d-\\d holds");
    assertThat(failure.story().steps().getLast().at()).isNotNull();
  }

  @Test
  void oneWakeUpForTwoKindsOfWaitersGetsLost() {
    Ending ending =
        failureOf(
            () -> {
              SmallBuffer buffer = new WakesOne();
              try (var takers = Crowd.of(2, buffer::take);
                  var putters = Crowd.numbered(3, number -> buffer.put(number))) {
                takers.finish(1);
                buffer.take();
                takers.allFinish();
                putters.allFinish();
              }
            });
    assertThat(ending).isInstanceOf(Ending.LostWakeup.class);
  }

  @Test
  void twoLocksInTwoOrdersAreADeadlock() {
    Ending ending =
        failureOf(
            () -> {
              ReentrantLock one = new ReentrantLock();
              Object other = new Object();
              try (var crowd =
                  Crowd.numbered(
                      2,
                      number -> {
                        if (number == 0) {
                          one.lock();
                          synchronized (other) {
                            one.unlock();
                          }
                        } else {
                          synchronized (other) {
                            one.lock();
                            one.unlock();
                          }
                        }
                        return number;
                      })) {
                crowd.allFinish();
              }
            });
    assertThat(ending).isInstanceOf(Ending.Deadlock.class);
  }

  @Test
  void aFailureInACrowdIsTheNewsThoughAnotherWaitsForEver() {
    Ending ending =
        failureOf(
            () -> {
              CountDownLatch never = new CountDownLatch(1);
              try (var crowd =
                  Crowd.numbered(
                      2,
                      number -> {
                        if (number == 0) {
                          throw new IllegalStateException("zero");
                        }
                        never.await();
                        return number;
                      })) {
                crowd.allFinish();
              }
            });
    assertThat(thrown(ending))
        .isInstanceOf(ParticipantFailure.class)
        .hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void whoIsKeptOutByOneHeldAtAGateIsWrong() {
    Ending ending =
        failureOf(
            () -> {
              ReentrantLock lock = new ReentrantLock();
              try (Gate gate = Gate.at("the factory");
                  var openers =
                      Crowd.of(
                          2,
                          () -> {
                            lock.lock();
                            try {
                              gate.pass();
                            } finally {
                              lock.unlock();
                            }
                          })) {
                gate.awaitArrivals(2);
                gate.open();
                openers.allFinish();
              }
            });
    assertThat(thrown(ending))
        .hasMessageStartingWith(
            "expected 2 threads to reach the factory, but only 1 did: 'crowd-1-");
  }

  @Test
  void allFinishSaysWhoIsHeld() {
    Ending ending =
        failureOf(
            () -> {
              try (Gate gate = Gate.at("the factory");
                  var crowd = Crowd.of(2, gate::pass)) {
                crowd.allFinish();
              }
            });
    assertThat(thrown(ending))
        .isExactlyInstanceOf(AssertionError.class)
        .hasMessageContaining("expected all of 2 threads to finish, but 2 still waited")
        .hasMessageContaining("'crowd-1-1' is held at the factory");
  }

  @Test
  void aCallOfTheChecksOwnThatWaitsForOneWhoIsHeldIsWrong() {
    Ending ending =
        failureOf(
            () -> {
              ReentrantLock lock = new ReentrantLock();
              try (Gate gate = Gate.at("the section");
                  var first =
                      Crowd.of(
                          1,
                          () -> {
                            lock.lock();
                            gate.pass();
                            lock.unlock();
                          })) {
                gate.awaitArrivals(1);
                lock.lock();
                first.allFinish();
              }
            });
    assertThat(thrown(ending))
        .hasMessageStartingWith("expected every call of the check to return")
        .hasMessageContaining("'crowd-1-1' is held at the section");
  }

  @Test
  void whoLeavesAGateIsClean() {
    isClean(
        () -> {
          AtomicInteger inside = new AtomicInteger();
          try (Gate gate = Gate.at("the factory");
              var crowd =
                  Crowd.of(
                      2,
                      () -> {
                        gate.pass();
                        inside.incrementAndGet();
                      })) {
            gate.awaitArrivals(2);
            crowd.allBlock();
            assertThat(inside).hasValue(0);
            gate.open();
            crowd.allFinish();
            assertThat(inside).hasValue(2);
          }
        });
  }

  @Test
  void aMeetingComesAboutOrIsGivenUp() {
    isClean(
        () -> {
          Meeting meeting = Meeting.of(2, "two readers inside");
          try (var crowd = Crowd.of(2, meeting::attend)) {
            crowd.allFinish();
          }
          meeting.mustHaveHappened();
        });
    Ending ending =
        failureOf(
            () -> {
              ReentrantLock lock = new ReentrantLock();
              Meeting meeting = Meeting.of(2, "two readers inside");
              try (var crowd =
                  Crowd.of(
                      2,
                      () -> {
                        lock.lock();
                        try {
                          meeting.attend();
                        } finally {
                          lock.unlock();
                        }
                      })) {
                crowd.allFinish();
              }
            });
    assertThat(thrown(ending))
        .rootCause()
        .hasMessageStartingWith("expected two readers inside to happen at the same time");
  }

  @Test
  void timePassesForWhoWaitsForItAndNoFurther() {
    Duration hour = Duration.ofHours(1);
    isClean(
        () -> {
          SmallBuffer buffer = new SmallBuffer();
          assertThat(Clock.<Integer>mustTake(hour, "poll(PT1H)", () -> buffer.poll(hour))).isNull();
          try (var poller =
              Crowd.of(
                  1, () -> Clock.<Integer>mustTake(hour, "poll(PT1H)", () -> buffer.poll(hour)))) {
            poller.allBlock();
            Clock.sleep(hour.dividedBy(2));
            buffer.wakeInVain();
            poller.allFinish();
          }
        });
    Ending ending =
        failureOf(
            () -> {
              SmallBuffer buffer = new BeginsAnew();
              try (var poller =
                  Crowd.of(
                      1,
                      () -> Clock.<Integer>mustTake(hour, "poll(PT1H)", () -> buffer.poll(hour)))) {
                poller.allBlock();
                Clock.sleep(hour.dividedBy(2));
                buffer.wakeInVain();
                poller.allFinish();
              }
            });
    assertThat(thrown(ending))
        .rootCause()
        .hasMessage("expected poll(PT1H) to last PT1H, but it gave up only after PT1H30M");
  }

  @Test
  void aThreadLeftBehindIsALeak() {
    Ending ending =
        failureOf(
            () -> {
              CountDownLatch never = new CountDownLatch(1);
              try (Leaks leaks = Leaks.watch()) {
                Thread.ofPlatform().daemon().name("worker").start(() -> awaitQuietly(never));
                assertThat(leaks).isNotNull();
              }
            });
    assertThat(thrown(ending))
        .isInstanceOfSatisfying(
            LeakError.class,
            leak ->
                assertThat(leak.leak().threads())
                    .singleElement()
                    .matches(thread -> thread.name().equals("worker") && !thread.pooled())
                    .satisfies(ExploredCheckIT::saysWhereItWasStarted));
    isClean(
        () -> {
          try (Leaks leaks = Leaks.watch()) {
            Thread.ofPlatform().daemon().start(() -> {});
            assertThat(leaks).isNotNull();
          }
        });
  }

  /** What its stack does not tell: where a worker of a pool waits there is only the JDK. */
  @Test
  void aPoolThatIsNotShutDownIsALeakOfPooledThreads() {
    Ending ending =
        failureOf(
            () -> {
              try (Leaks leaks = Leaks.watch()) {
                ExecutorService pool = Executors.newFixedThreadPool(1);
                pool.submit(() -> 7).get();
                assertThat(leaks).isNotNull();
              }
            });

    assertThat(thrown(ending))
        .isInstanceOfSatisfying(
            LeakError.class,
            leak ->
                assertThat(leak.leak().threads())
                    .singleElement()
                    .matches(LeakedThread::pooled)
                    .satisfies(ExploredCheckIT::saysWhereItWasStarted));
  }

  private static void saysWhereItWasStarted(LeakedThread thread) {
    assertThat(thread.startedAt())
        .as("the stack that started %s", thread.name())
        .anySatisfy(
            frame -> {
              assertThat(frame.type()).isEqualTo(ExploredCheckIT.class.getName());
              assertThat(frame.line()).isPositive();
            });
  }

  @Test
  void moreThanThereMayBeIsFoundByLookingBack() {
    Ending ending =
        failureOf(
            () -> {
              Presence inside = Presence.of("the section");
              AtomicInteger free = new AtomicInteger(1);
              try (var crowd =
                  Crowd.of(
                      2,
                      () -> {
                        if (free.get() > 0) {
                          free.decrementAndGet();
                          try (var ignored = inside.enter()) {
                            free.get();
                          }
                        }
                      })) {
                crowd.allFinish();
              }
              inside.neverMoreThan(1);
            });
    assertThat(thrown(ending))
        .hasMessageStartingWith("expected at most 1 thread in the section at the same time");
  }

  @Test
  void historiesOfARightBufferAreExplained() {
    isClean(() -> histories(Right.class));
  }

  @Test
  void aHistoryThatNothingExplainsIsFound() {
    assertThat(thrown(failureOf(() -> histories(LooksTwice.class))))
        .isInstanceOfSatisfying(
            NotLinearizableError.class,
            error -> {
              assertThat(error.history().threads().stream().flatMap(List::stream))
                  .extracting(Operation::call)
                  .contains("take()");
              assertThat(error.history().reasons()).hasSizeGreaterThan(1);
            });
  }

  @Test
  void whoWaitsThoughNothingKeepsItIsALostWakeUp() {
    assertThat(failureOf(() -> histories(Forgets.class))).isInstanceOf(Ending.LostWakeup.class);
  }

  @Test
  void theSameScheduleLeadsToTheSameRunAgain() {
    Program check = Exploration.of(() -> histories(LooksTwice.class));
    Run found = Explorer.explore(check, BUDGET, 1).failure();
    assertThat(found).isNotNull();
    Run first = Explorer.replay(check, found.schedule(), BUDGET, false);
    Run second = Explorer.replay(check, found.schedule(), BUDGET, false);
    assertThat(thrown(first.ending())).isInstanceOf(NotLinearizableError.class);
    assertThat(second.story()).isEqualTo(first.story());
    assertThat(first.story().threads()).contains("crowd-1-1", "crowd-1-2");
  }

  /** The operations on a buffer. */
  public abstract static class Operations {

    private final SmallBuffer buffer;

    Operations(SmallBuffer buffer) {
      this.buffer = buffer;
    }

    public void put(int element) throws InterruptedException {
      buffer.put(element);
    }

    public Integer take() throws InterruptedException {
      return buffer.take();
    }

    public int size() {
      return buffer.size();
    }
  }

  /** As it should be. */
  public static final class Right extends Operations {
    public Right() {
      super(new SmallBuffer());
    }
  }

  /** Looks whether there is an element, and takes what is there then. */
  public static final class LooksTwice extends Operations {
    public LooksTwice() {
      super(new TakesTwice());
    }
  }

  /** Tells nobody that there is room. */
  public static final class Forgets extends Operations {
    public Forgets() {
      super(new TellsNobody());
    }
  }

  private static void histories(Class<?> operations) {
    Linearizability.of(operations)
        .concurrently("put(1)", "take()")
        .then("size()")
        .concurrently("put(1); put(2)", "take()", "take()")
        .concurrently("put(1)", "put(2)")
        .then("size()")
        .explored()
        .against(Specifications.Buffer.class);
  }

  /** A buffer with one place. */
  private static class SmallBuffer {

    protected final List<Integer> elements = new ArrayList<>();

    synchronized boolean put(int element) throws InterruptedException {
      while (!elements.isEmpty()) {
        wait();
      }
      elements.add(element);
      tell();
      return true;
    }

    Integer take() throws InterruptedException {
      synchronized (this) {
        while (elements.isEmpty()) {
          wait();
        }
        tellOfRoom();
        return elements.removeFirst();
      }
    }

    @SuppressWarnings("NullAway") // null is what a poll gives that gave up
    synchronized Integer poll(Duration time) throws InterruptedException {
      long over = System.nanoTime() + time.toNanos();
      for (long left = time.toNanos(); elements.isEmpty() && left > 0; ) {
        wait((left + 999_999) / 1_000_000);
        left = left(over, time);
      }
      return elements.isEmpty() ? null : elements.removeFirst();
    }

    long left(long over, Duration time) {
      return over - System.nanoTime();
    }

    synchronized int size() {
      return elements.size();
    }

    synchronized void wakeInVain() {
      notifyAll();
    }

    void tell() {
      notifyAll();
    }

    void tellOfRoom() {
      tell();
    }
  }

  /** Wakes one, whoever it is. */
  private static final class WakesOne extends SmallBuffer {
    @Override
    void tell() {
      notify();
    }
  }

  private static final class TellsNobody extends SmallBuffer {
    @Override
    void tellOfRoom() {}
  }

  /** Lets go of the buffer between looking and taking. */
  private static final class TakesTwice extends SmallBuffer {
    @Override
    Integer take() throws InterruptedException {
      Integer first;
      synchronized (this) {
        while (elements.isEmpty()) {
          wait();
        }
        first = elements.getFirst();
      }
      synchronized (this) {
        elements.clear();
        tell();
      }
      return first;
    }
  }

  /** Waits the whole time again after each wake-up. */
  private static final class BeginsAnew extends SmallBuffer {
    @Override
    long left(long over, Duration time) {
      return over - System.nanoTime() > 0 ? time.toNanos() : 0;
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void isClean(Program check) {
    Findings findings = explore(check);
    Run failure = findings.failure();
    if (failure != null) {
      throw new AssertionError(
          "after %d schedules: %s".formatted(findings.schedules(), failure.ending()),
          failure.ending() instanceof Ending.Wrong wrong ? wrong.thrown() : null);
    }
    assertThat(findings.schedules()).isGreaterThan(1);
  }

  private static Ending failureOf(Program check) {
    Run failure = explore(check).failure();
    assertThat(failure).as("a run that did not end well").isNotNull();
    return failure.ending();
  }

  private static Findings explore(Program check) {
    assertThat(Explorer.unavailable()).isEmpty();
    return Explorer.explore(Exploration.of(check), BUDGET, 1);
  }

  private static Throwable thrown(Ending ending) {
    assertThat(ending).isInstanceOf(Ending.Wrong.class);
    return ((Ending.Wrong) ending).thrown();
  }
}
