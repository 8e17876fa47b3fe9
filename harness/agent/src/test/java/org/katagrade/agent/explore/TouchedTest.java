package org.katagrade.agent.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TouchedTest {

  @Test
  void knowsWhatIsShared() {
    Touched touched = new Touched();
    touched.touch(70, 1);
    touched.touch(70, 1);
    touched.touch(0, 0);
    touched.touch(0, 2);
    touched.touch(0, 0);

    assertThat(touched.isShared(70)).isFalse();
    assertThat(touched.isShared(0)).isTrue();
    assertThat(touched.isShared(5)).isFalse();
  }

  @Test
  void countsInTheOrderOfTheFirstTouch() {
    Touched touched = new Touched();
    Map<Integer, Integer> expected = new LinkedHashMap<>();
    Dice dice = new Dice(3);
    for (int i = 0; i < 5_000; i++) {
      int number = dice.below(2_000) - 1_000;
      expected.putIfAbsent(number, expected.size() + 1);
      touched.touch(number, 1);

      assertThat(touched.order(number)).isEqualTo(expected.get(number));
    }
    assertThat(expected).hasSizeGreaterThan(1_500);
    assertThat(touched.order(5_000)).isZero();
  }

  @Test
  void forgetsWhenItIsTooMuch() {
    Touched touched = new Touched();
    for (int number = 0; number < 100_000; number++) {
      touched.touch(number, 1);

      assertThat(touched.order(number)).isBetween(1, 8_192);
    }
  }
}
