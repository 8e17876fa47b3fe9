package kata05;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The examples of the README. Passing them is a beginning; the grade asks more. */
class SampleTest {

  @Test
  void onlyTheFirstActionRuns() {
    Once once = new Solution();
    List<String> log = new ArrayList<>();
    once.run(() -> log.add("first"));
    once.run(() -> log.add("second"));
    assertEquals(List.of("first"), log);
  }

  @Test
  void aFailureIsForEverybody() {
    Once once = new Solution();
    RuntimeException failure = new IllegalArgumentException("no such file");
    Runnable failing =
        () -> {
          throw failure;
        };
    assertSame(failure, assertThrows(RuntimeException.class, () -> once.run(failing)));
    assertSame(failure, assertThrows(RuntimeException.class, () -> once.run(() -> {})));
  }

  @Test
  void anActionCannotWaitForItself() {
    Once once = new Solution();
    once.run(() -> assertThrows(IllegalStateException.class, () -> once.run(() -> {})));
  }

  @Test
  void aLazyValueIsComputedWhenFirstAskedFor() {
    AtomicInteger calls = new AtomicInteger();
    Lazy<String> lazy = new Solution().lazy(() -> "connection " + calls.incrementAndGet());
    assertEquals(0, calls.get());
    assertEquals("connection 1", lazy.get());
    assertSame(lazy.get(), lazy.get());
    assertEquals(1, calls.get());
  }

  @Test
  void aHundredThreadsRunItOnce() throws Exception {
    Once once = new Solution();
    AtomicInteger runs = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      threads.add(Thread.ofPlatform().daemon().start(() -> once.run(runs::incrementAndGet)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(1, runs.get());
  }
}
