package org.katagrade.agent.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class VectorClockTest {

  @Test
  void knowsNobodyAtFirst() {
    assertThat(VectorClock.NONE.at(0)).isZero();
    assertThat(VectorClock.NONE.at(1_000_000)).isZero();
  }

  @Test
  void keepsWhatItWasTold() {
    VectorClock clock = VectorClock.NONE.with(3, 7).with(15, 1).with(16, 2).with(70_000, 9);

    assertThat(clock.at(3)).isEqualTo(7);
    assertThat(clock.at(15)).isEqualTo(1);
    assertThat(clock.at(16)).isEqualTo(2);
    assertThat(clock.at(70_000)).isEqualTo(9);
    assertThat(clock.at(17)).isZero();
    assertThat(clock.at(3 + (1 << 28))).isZero();
  }

  @Test
  void doesNotChange() {
    VectorClock before = VectorClock.NONE.with(20, 1);
    VectorClock after = before.with(20, 2);

    assertThat(before.at(20)).isEqualTo(1);
    assertThat(after.at(20)).isEqualTo(2);
  }

  @Test
  void sharesWhatAJoinDoesNotChange() {
    VectorClock large = VectorClock.NONE;
    for (int thread = 0; thread < 1_000; thread++) {
      large = large.with(thread, thread + 1L);
    }
    VectorClock small = VectorClock.NONE.with(5, 3);

    assertThat(small.join(large).at(999)).isEqualTo(1_000);
    assertThat(large.join(small)).isSameAs(large);
    assertThat(large.join(large)).isSameAs(large);
    assertThat(large.join(VectorClock.NONE)).isSameAs(large);
    assertThat(VectorClock.NONE.join(large)).isSameAs(large);
  }

  @Test
  void joinsAsMapsWould() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      Map<Integer, Long> expected = new TreeMap<>();
      VectorClock one = clock(random, expected);
      VectorClock other = clock(random, expected);

      VectorClock joined = one.join(other);

      Map<Integer, Long> actual = new HashMap<>();
      expected.keySet().forEach(thread -> actual.put(thread, joined.at(thread)));
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static VectorClock clock(SplittableRandom random, Map<Integer, Long> all) {
    VectorClock clock = VectorClock.NONE;
    int bound = 1 << random.nextInt(1, 18);
    Map<Integer, Long> own = new HashMap<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      int thread = random.nextInt(bound);
      long time = random.nextLong(1, 1_000);
      clock = clock.with(thread, time);
      own.put(thread, time);
    }
    own.forEach((thread, time) -> all.merge(thread, time, Math::max));
    return clock;
  }
}
