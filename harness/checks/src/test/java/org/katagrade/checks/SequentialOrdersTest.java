package org.katagrade.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.katagrade.checks.Specifications.Buffer;
import org.katagrade.checks.Specifications.Rendezvous;

/** How it is told why no order explains a history. */
final class SequentialOrdersTest {

  @Test
  void saysWhatEachOrderWouldGive() {
    assertThat(
            reasons(
                Buffer.class,
                """
                [put(1)      void]
                [take() 1]
                   [tryTake() 1]
                """))
        .containsExactly(
            "none of the 6 possible orders gives these results",
            "as the first, take() would wait and not give 1",
            "as the first, tryTake() would give null, not 1",
            "after put(1), take(), tryTake() would give null, not 1",
            "after put(1), tryTake(), take() would wait and not give 1");
  }

  @Test
  void keepsWhatWasOverInItsPlace() {
    assertThat(
            reasons(
                Buffer.class,
                """
                [put(1) void]
                              [size() 0]
                """))
        .containsExactly(
            "there is only one order, and it does not give these results",
            "after put(1), size() would give 1, not 0");
  }

  @Test
  void aPendingCallMayBeLeftOut() {
    assertThat(
            reasons(
                Buffer.class,
                """
                [put(1)
                [take() 2]
                """))
        .contains("after put(1), take() would give 1, not 2");
  }

  @Test
  void saysWhoWouldWaitForOthers() {
    assertThat(reasons(Rendezvous.class, "[send(1) void] [receive() 1]"))
        .containsExactly(
            "there is only one order, and it does not give these results",
            "after send(1), send(1) would wait and not give void");
  }

  private static List<String> reasons(Class<?> specification, String drawing) {
    List<Call> calls = Timelines.of(specification, drawing);
    List<List<Call>> threads =
        IntStream.range(0, 3)
            .mapToObj(thread -> calls.stream().filter(call -> call.thread() == thread).toList())
            .toList();
    return new SequentialOrders(new Specification(specification), List.of(), threads, List.of())
        .reasons();
  }
}
