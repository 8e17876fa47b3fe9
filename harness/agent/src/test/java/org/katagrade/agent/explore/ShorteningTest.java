package org.katagrade.agent.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShorteningTest {

  private static final int STEPS = 2_000;

  /** From the start of the threads: one reads, the other does all, and the first writes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aLostUpdateNeedsTwoSwitches(int seed) {
    Schedule shortest = shortest(Toys.lostUpdate(), seed);

    assertThat(shortest.text())
        .isIn("0.2-1.1-2.2-1.1", "0.2-2.1-1.2-2.1", "0.2-1.1-2.2", "0.2-2.1-1.2");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void leavesWhatIsNeeded(int seed) {
    assertThat(shortest(Toys.lockOrder(), seed).text()).isIn("0.2-1.1-2.1", "0.2-2.1-1.1");
    assertThat(shortest(Toys.lostSignal(), seed).text()).isEqualTo("0.2-2.3");
    assertThat(shortest(Toys.reorder(9), seed).switches()).isIn(2, 3);
    assertThat(shortest(Toys.wrongOneNotified(), seed).text()).isEqualTo("-");
    assertThat(shortest(Toys.endless(), seed).choices()).isLessThan(10);
    assertThat(shortest(Toys.chain(3), seed).switches()).isEqualTo(5);
  }

  @Test
  void whatIsShorterEndsTheSameWay() {
    for (Map.Entry<String, Toy> toy : Toys.broken().entrySet()) {
      Run failure = failure(toy.getValue(), 3);

      Run again = toy.getValue().run(new Replayer(failure.schedule()), STEPS, false);

      assertThat(Likeness.of(again.ending()))
          .as(toy.getKey())
          .isEqualTo(Likeness.of(failure.ending()));
    }
  }

  private static Schedule shortest(Toy toy, long seed) {
    return failure(toy, seed).schedule();
  }

  private static Run failure(Toy toy, long seed) {
    Run failure = Search.search(toy, new Budget(5_000, STEPS, Long.MAX_VALUE / 4), seed).failure();
    assertThat(failure).isNotNull();
    return failure;
  }
}
