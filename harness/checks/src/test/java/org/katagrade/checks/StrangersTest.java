package org.katagrade.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.katagrade.checks.evidence.ThreadSnapshot;

final class StrangersTest {

  @Test
  void callInTurnEachInAThreadOfItsOwn() throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    ConcurrentLinkedQueue<Integer> calls = new ConcurrentLinkedQueue<>();
    Strangers strangers = Strangers.first(() -> note(0, calls, threads));
    for (int i = 1; i < 20; i++) {
      int number = i;
      strangers.then(() -> note(number, calls, threads));
    }
    assertThat(strangers.inTurn()).hasSize(20).startsWith(0, 1).endsWith(18, 19);
    assertThat(List.copyOf(calls)).hasSize(20).isSorted();
    assertThat(threads).hasSize(20).doesNotContain(Thread.currentThread());
  }

  private static int note(int number, ConcurrentLinkedQueue<Integer> calls, Set<Thread> threads) {
    calls.add(number);
    threads.add(Thread.currentThread());
    return number;
  }

  @Test
  void returnNullForCallsThatReturnNothing() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    assertThat(Strangers.first(latch::countDown).then(latch::getCount).inTurn())
        .isEqualTo(Arrays.asList(null, 0L));
  }

  @Test
  void endWithTheFirstFailure() {
    ConcurrentLinkedQueue<Integer> calls = new ConcurrentLinkedQueue<>();
    assertThatThrownBy(
            () ->
                Strangers.first(() -> calls.add(0))
                    .then(
                        () -> {
                          throw new IllegalStateException("of the second");
                        })
                    .then(() -> calls.add(2))
                    .inTurn())
        .isInstanceOf(ParticipantFailure.class)
        .hasRootCauseMessage("of the second");
    assertThat(calls).containsExactly(0);
  }

  @Test
  void thatWaitForEverAreSeenAndThoseWhoseTurnDidNotComeAreNot() {
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                Strangers.first(never::getCount)
                    .then(() -> never.await())
                    .then(never::getCount)
                    .inTurn())
        .isInstanceOf(StuckError.class)
        .satisfies(
            error -> {
              List<ThreadSnapshot> stuck =
                  ((StuckError) error)
                      .standstill().threads().stream().filter(t -> t.waiting() != null).toList();
              assertThat(stuck).hasSize(1);
            });
  }
}
