package kata01;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The examples of the README. */
class SampleTest {

  @Test
  void counts() {
    Counter counter = new Solution();

    assertEquals(1, counter.increment());
    assertEquals(11, counter.add(10));
    assertEquals(10, counter.decrement());
    assertEquals(10, counter.value());
  }

  @Test
  void comparesAndSets() {
    Counter counter = new Solution(10);

    assertTrue(counter.compareAndSet(10, 500));
    assertFalse(counter.compareAndSet(10, 7));
    assertEquals(500, counter.value());
  }

  @Test
  void losesNothingBetweenTwoThreads() throws InterruptedException {
    Counter counter = new Solution();
    Thread one = Thread.ofPlatform().start(() -> count(counter));
    Thread other = Thread.ofPlatform().start(() -> count(counter));
    one.join();
    other.join();

    assertEquals(200_000, counter.value());
  }

  private static void count(Counter counter) {
    for (int i = 0; i < 100_000; i++) {
      counter.increment();
    }
  }
}
