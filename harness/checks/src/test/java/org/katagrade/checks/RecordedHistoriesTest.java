package org.katagrade.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import org.katagrade.checks.Specifications.Buffer;
import org.katagrade.checks.evidence.History;
import org.katagrade.checks.evidence.Operation;

/** Scenarios on real threads, where each outcome is forced. */
final class RecordedHistoriesTest {

  /** A buffer with one place. */
  public static class Operations {

    private final BlockingQueue<Integer> buffer = new ArrayBlockingQueue<>(1);

    public void put(int element) throws InterruptedException {
      buffer.put(element);
    }

    public Integer take() throws InterruptedException {
      return buffer.take();
    }

    public Integer tryTake() {
      return buffer.poll();
    }

    public int size() {
      return buffer.size();
    }
  }

  /** Gives what it got and keeps it. */
  public static final class NeverRemoves extends Operations {

    @Override
    public int size() {
      return 1;
    }
  }

  /** Nobody is told of what was put. */
  public static final class TellsNobody extends Operations {

    private final BlockingQueue<Integer> elsewhere = new ArrayBlockingQueue<>(1);

    @Override
    public void put(int element) {
      elsewhere.add(element);
    }

    @Override
    public int size() {
      return elsewhere.size();
    }
  }

  @Test
  void whoWaitsRightlyMayWait() {
    Linearizability.of(Operations.class)
        .concurrently("put(1)", "take()")
        .concurrently("put(1)", "put(2)")
        .then("size()")
        .concurrently("put(1); put(2)", "take()")
        .then("tryTake()")
        .concurrently("take()", "take()")
        .then("put(1)")
        .explored()
        .against(Buffer.class);
  }

  @Test
  void aHistoryThatNoOrderExplainsIsTold() {
    NotLinearizableError error =
        catchThrowableOfType(
            NotLinearizableError.class,
            () ->
                Linearizability.of(NeverRemoves.class)
                    .beginningWith("new ArrayBlockingQueue<>(1)")
                    .concurrently("put(1)", "take()")
                    .then("size()")
                    .explored()
                    .against(Buffer.class));
    History history = error.history();
    assertThat(history.before()).hasToString("[new ArrayBlockingQueue<>(1)]");
    assertThat(history.threads())
        .hasSize(2)
        .anyMatch(calls -> calls.contains(new Operation("take()", "1")));
    assertThat(history.after()).containsExactly(new Operation("size()", "1"));
    assertThat(history.reasons()).contains("after put(1), take(), size() would give 0, not 1");
  }

  @Test
  void whoIsNotToldOfWhatItWaitsForIsStuck() {
    StuckError error =
        catchThrowableOfType(
            StuckError.class,
            () ->
                Linearizability.of(TellsNobody.class)
                    .concurrently("put(1)", "take()")
                    .explored()
                    .against(Buffer.class));
    assertThat(error)
        .hasMessageStartingWith("expected take() to return, which nothing keeps waiting");
    assertThat(error.standstill().threads()).isNotEmpty();
  }
}
