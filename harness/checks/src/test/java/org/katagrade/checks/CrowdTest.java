package org.katagrade.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.checks.evidence.Waiting;

final class CrowdTest {

  @Test
  void bringsResultsHomeByNumber() throws Exception {
    try (Crowd<Integer> crowd = Crowd.numbered(5, number -> number * number)) {
      assertThat(crowd.allFinish().results()).containsExactly(0, 1, 4, 9, 16);
    }
  }

  @Test
  void bringsFailuresHome() {
    assertThatThrownBy(
            () -> {
              try (var crowd = Crowd.of(3, () -> Integer.parseInt("seven"))) {
                crowd.allFinish();
              }
            })
        .isInstanceOf(ParticipantFailure.class)
        .hasRootCauseInstanceOf(NumberFormatException.class);
  }

  @Test
  void seesACircleOfLocks() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Object monitor = new Object();
    CyclicBarrier both = new CyclicBarrier(2);
    try (Crowd<Integer> crowd =
        Crowd.numbered(
            2,
            number -> {
              if (number == 0) {
                lock.lockInterruptibly();
                both.await();
                synchronized (monitor) {
                  return 0;
                }
              }
              synchronized (monitor) {
                both.await();
                lock.lockInterruptibly();
                return 1;
              }
            })) {
      StuckError stuck = catchThrowableOfType(StuckError.class, crowd::allFinish);
      assertThat(stuck.standstill().cycle())
          .hasSize(2)
          .extracting(ThreadSnapshot::waiting)
          .extracting(waiting -> waiting == null ? null : waiting.how())
          .containsExactlyInAnyOrder(Waiting.How.MONITOR, Waiting.How.LOCK);
    }
  }

  @Test
  void seesALostWakeUp() throws Exception {
    Semaphore permits = new Semaphore(0);
    try (var crowd = Crowd.of(2, () -> permits.acquire())) {
      crowd.allBlock();
      permits.release();
      StuckError stuck = catchThrowableOfType(StuckError.class, crowd::allFinish);
      assertThat(stuck).hasMessageContaining("expected all of 2 threads to finish, but 1 still");
      assertThat(stuck.standstill().cycle()).isEmpty();
      assertThat(stuck.standstill().ended()).isEmpty();
    }
  }

  @Test
  void namesTheHolderThatIsGone() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    try (var crowd = Crowd.of(2, lock::lockInterruptibly)) {
      StuckError stuck = catchThrowableOfType(StuckError.class, crowd::allFinish);
      assertThat(stuck.standstill().ended()).hasSize(1);
    }
  }

  @Test
  void aThreadHeldByTheCheckMakesAStandstillItsOwnFailure() throws Exception {
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
      try (var second = Crowd.of(1, lock::lockInterruptibly)) {
        assertThatThrownBy(second::allFinish)
            .isInstanceOf(AssertionError.class)
            .isNotInstanceOf(StuckError.class)
            .hasMessageContaining("ReentrantLock#1 held by");
      }
      gate.open();
      first.allFinish();
    }
  }

  @Test
  void waitsForBlockingAndInterrupts() throws Exception {
    ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
    try (var takers = Crowd.of(2, queue::take)) {
      takers.allBlock().interruptAll().allFail(InterruptedException.class);
    }
    try (var taker = Crowd.of(1, queue::take)) {
      taker.allBlock().interruptAll().allFinish();
    }
  }

  @Test
  void saysWhoDidNotBlock() throws Exception {
    try (var crowd = Crowd.of(1, () -> 7)) {
      assertThatThrownBy(crowd::allBlock)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("expected 1 of 1 thread to wait, but 1 finished: returned 7");
    }
  }

  @Test
  void countsAndListsTheSameThreadsAndEqualEndsOnce() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (var crowd =
        Crowd.numbered(
            5,
            number -> {
              if (number == 0) {
                throw new IllegalStateException("zero");
              }
              if (number == 4) {
                never.await();
              }
              return 7;
            })) {
      crowd.finish(4);
      assertThatThrownBy(crowd::allBlock)
          .isInstanceOf(AssertionError.class)
          .hasMessage(
              "expected 5 of 5 threads to wait, but 4 finished:"
                  + " threw java.lang.IllegalStateException: zero, 3 returned 7")
          .hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aThreadThatPollsDoesNotBlockAndOneThatWaitsOutItsTimeDoes() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (var waiting = Crowd.of(2, () -> never.await(1, TimeUnit.HOURS))) {
      waiting.allBlock();
    }
    try (var polling =
        Crowd.of(
            2,
            () -> {
              while (never.getCount() > 0) {
                Thread.sleep(1);
              }
            })) {
      assertThatThrownBy(polling::allBlock)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("it polls");
    }
  }

  @Test
  void saysThatNobodyFinished() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (var crowd = Crowd.of(2, () -> never.await())) {
      assertThatThrownBy(() -> crowd.block(1))
          .isInstanceOf(AssertionError.class)
          .hasMessage("expected 1 of 2 threads to wait, but 2 did");
    }
  }

  @Test
  void anOverflowOfTheStackIsWhatACrowdFailsWith() throws Exception {
    try (var crowd =
        Crowd.of(
            1,
            () -> {
              throw new StackOverflowError();
            })) {
      crowd.finish(1);
      assertThatThrownBy(crowd::allBlock).hasRootCauseInstanceOf(StackOverflowError.class);
      assertThatThrownBy(() -> crowd.allFail(IllegalStateException.class))
          .isInstanceOf(ParticipantFailure.class);
    }
  }

  @Test
  void whatFailedInACrowdIsWhyNobodyComesToAGate() throws Exception {
    try (Gate gate = Gate.at("the action");
        var crowd =
            Crowd.of(
                1,
                () -> {
                  throw new StackOverflowError();
                })) {
      assertThatThrownBy(() -> gate.awaitArrivals(1))
          .isInstanceOf(ParticipantFailure.class)
          .hasRootCauseInstanceOf(StackOverflowError.class);
      assertThat(crowd.finished()).isEqualTo(1);
    }
  }

  @Test
  void nobodyAtAGateIsSaidInWords() {
    try (Gate gate = Gate.at("the action")) {
      assertThatThrownBy(() -> gate.awaitArrivals(1))
          .isInstanceOf(AssertionError.class)
          .hasMessage("expected a thread to reach the action, but none did");
    }
  }

  @Test
  void tellsSpinningFromWaiting() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (var crowd =
        Crowd.of(
            1,
            () -> {
              while (end.getCount() > 0) {
                Thread.onSpinWait();
              }
            })) {
      assertThatThrownBy(crowd::allBlock)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("spins");
    } finally {
      end.countDown();
    }
  }

  @Test
  void aLongChainOfHandOversIsNoStandstill() throws Exception {
    Semaphore baton = new Semaphore(0, true);
    for (Effort.Round round : Effort.rounds(5)) {
      try (var runners =
          Crowd.of(
              100,
              () -> {
                baton.acquire();
                baton.release();
              })) {
        runners.allBlock();
        baton.release();
        runners.allFinish();
        assertThat(baton.tryAcquire()).as("the baton after round %d", round.number()).isTrue();
      }
    }
  }
}
