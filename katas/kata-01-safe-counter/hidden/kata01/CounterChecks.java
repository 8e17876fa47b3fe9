package kata01;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.katagrade.checks.Check;
import org.katagrade.checks.Crowd;
import org.katagrade.checks.Effort;
import org.katagrade.checks.Explored;
import org.katagrade.checks.Graded;
import org.katagrade.checks.Linearizability;

/** Hidden checks for kata 01. */
@Graded(race = 10, rules = 5)
public final class CounterChecks {

  private static final int TIMES = 1_000;

  @Check(points = 10, title = "one thread counts up, down and by any number")
  void counts() {
    Counter counter = new Solution();
    assertThat(counter.value()).as("value of a new counter").isZero();
    assertThat(counter.increment()).as("result of increment at 0").isEqualTo(1);
    assertThat(counter.add(41)).as("result of add(41) at 1").isEqualTo(42);
    assertThat(counter.add(0)).as("result of add(0) at 42").isEqualTo(42);
    assertThat(counter.decrement()).as("result of decrement at 42").isEqualTo(41);
    assertThat(counter.add(-50)).as("result of add(-50) at 41").isEqualTo(-9);
    assertThat(counter.decrement()).as("result of decrement at -9").isEqualTo(-10);
    assertThat(counter.value()).as("value after all that").isEqualTo(-10);
  }

  @Check(points = 5, title = "beyond the largest number comes the smallest")
  void wrapsAround() {
    Counter high = new Solution(Long.MAX_VALUE);
    assertThat(high.increment()).as("increment at Long.MAX_VALUE").isEqualTo(Long.MIN_VALUE);
    assertThat(high.decrement()).as("decrement at Long.MIN_VALUE").isEqualTo(Long.MAX_VALUE);
    assertThat(high.add(Long.MAX_VALUE)).as("Long.MAX_VALUE, twice").isEqualTo(-2);
    Counter low = new Solution(Long.MIN_VALUE);
    assertThat(low.add(Long.MIN_VALUE)).as("Long.MIN_VALUE, twice").isZero();
    assertThat(low.value()).as("value after it went round").isZero();
  }

  @Check(
      points = 10,
      title = "compare-and-set compares numbers, small and large",
      hint = "What does == compare when a number is in a box?")
  void comparesNumbers() {
    for (long start : new long[] {0, 127, 128, 100_000, -129, 1L << 40, Long.MIN_VALUE}) {
      Counter counter = new Solution(start);
      assertThat(counter.compareAndSet(start + 1, 5))
          .as("compareAndSet(%d, 5) at %d", start + 1, start)
          .isFalse();
      assertThat(counter.value()).as("value after nothing was set").isEqualTo(start);
      assertThat(counter.compareAndSet(start, start + 1_000))
          .as("compareAndSet(%d, %d) at %d", start, start + 1_000, start)
          .isTrue();
      assertThat(counter.value()).as("value after it was set").isEqualTo(start + 1_000);
      assertThat(counter.compareAndSet(start + 1_000, start + 1_000))
          .as("compareAndSet to the same number")
          .isTrue();
      assertThat(counter.increment()).as("increment after that").isEqualTo(start + 1_001);
    }
  }

  @Check(
      points = 5,
      title = "every counter counts for itself",
      hint = "To whom does a static field belong?")
  void keepsApart() {
    Counter one = new Solution(100);
    Counter other = new Solution();
    one.increment();
    other.decrement();
    assertThat(one.value()).as("a counter that began at 100 and went up").isEqualTo(101);
    assertThat(other.value()).as("a counter that began at 0 and went down").isEqualTo(-1);
  }

  @Check(
      points = 20,
      title = "all threads count on one number, whether there are 1, 10 or 100",
      hint = "Who sees what a thread has counted?")
  void countsInCrowds() throws Exception {
    for (int size : Effort.crowds()) {
      Counter counter = new Solution();
      try (var crowd =
          Crowd.numbered(
              size,
              number -> {
                long last = 0;
                for (int i = 0; i < TIMES; i++) {
                  counter.add(2);
                  counter.decrement();
                  last = counter.value();
                }
                return last;
              })) {
        crowd.allFinish();
        assertThat(counter.value())
            .as("value after a crowd of %d counted to %d each", size, TIMES)
            .isEqualTo((long) size * TIMES);
        // A thread's last read cannot be below what it has itself counted by then.
        assertThat(LongStream.of(longs(crowd)).min().orElseThrow())
            .as("smallest of the values that a crowd of %d read last", size)
            .isGreaterThanOrEqualTo(TIMES);
      }
    }
  }

  @Check(
      points = 10,
      title = "no call leaves a lock behind or waits for ever",
      hint = "Follow every way out of the code between lock and unlock.")
  @Explored
  void neverStops() throws Exception {
    Counter counter = new Solution(7);
    try (var one =
        Crowd.of(
            1,
            () -> {
              counter.increment();
              counter.decrement();
              counter.add(0);
              counter.value();
              counter.compareAndSet(8, 9);
              counter.compareAndSet(7, 9);
            })) {
      one.allFinish();
    }
    try (var others =
        Crowd.of(
            4,
            () -> {
              // First, so that nothing has ordered it after what the others do.
              counter.compareAndSet(Long.MIN_VALUE, 1);
              counter.increment();
              counter.decrement();
              counter.add(1);
              counter.value();
            })) {
      others.allFinish();
    }
    assertThat(counter.value()).as("value after 9 and four more").isEqualTo(13);
  }

  @Check(
      points = 25,
      title = "every concurrent history has a sequential explanation",
      hint = "Is what you read still true when you write?")
  @Explored
  void linearizable() {
    Linearizability.of(Operations.class)
        .concurrently("increment()", "increment()")
        .concurrently("compareAndSet(0, 1)", "compareAndSet(0, 1)")
        .concurrently("decrement(); value()", "add(2)")
        .against(SequentialCounter.class);
  }

  /** A counter that begins at 0. */
  public static final class Operations {

    private final Counter counter = new Solution();

    @Operation
    public long increment() {
      return counter.increment();
    }

    @Operation
    public long decrement() {
      return counter.decrement();
    }

    @Operation
    public long add(@Param(gen = IntGen.class, conf = "2:3") int delta) {
      return counter.add(delta);
    }

    @Operation
    public boolean compareAndSet(
        @Param(gen = IntGen.class, conf = "0:1") int expected,
        @Param(gen = IntGen.class, conf = "0:1") int next) {
      return counter.compareAndSet(expected, next);
    }

    @Operation
    public long value() {
      return counter.value();
    }
  }

  /** What such a counter does for one caller. */
  public static final class SequentialCounter {

    private long value;

    public long increment() {
      return ++value;
    }

    public long decrement() {
      return --value;
    }

    public long add(int delta) {
      value += delta;
      return value;
    }

    public boolean compareAndSet(int expected, int next) {
      boolean same = value == expected;
      value = same ? next : value;
      return same;
    }

    public long value() {
      return value;
    }
  }

  private static long[] longs(Crowd<Long> crowd) {
    return crowd.results().stream().mapToLong(Long::longValue).toArray();
  }
}
