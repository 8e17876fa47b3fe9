package kata28;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The examples of the README. */
final class SampleTest {

  @Test
  void resultsComeInTheOrderOfSubmission() throws Exception {
    CountDownLatch secondIsDone = new CountDownLatch(1);
    WorkerPool<Integer, Integer> pool =
        new Solution<>(
            2,
            job -> {
              if (job == 1) {
                secondIsDone.await();
              } else {
                secondIsDone.countDown();
              }
              return job * 10;
            });
    pool.submit(1);
    pool.submit(2);
    pool.shutdown(Shutdown.DRAIN);
    assertEquals(Optional.of(new Outcome.Done<>(1, 10)), pool.results().next());
    assertEquals(Optional.of(new Outcome.Done<>(2, 20)), pool.results().next());
    assertEquals(Optional.empty(), pool.results().next());
  }

  @Test
  void aFailureIsAnOutcome() throws Exception {
    WorkerPool<String, Integer> pool = new Solution<>(1, Integer::parseInt);
    pool.submit("seven");
    pool.submit("7");
    pool.shutdown(Shutdown.DRAIN);
    Outcome<String, Integer> first = pool.results().next().orElseThrow();
    Outcome.Failed<?, ?> failed = (Outcome.Failed<?, ?>) first;
    assertEquals(NumberFormatException.class, failed.cause().getClass());
    assertEquals(Optional.of(new Outcome.Done<>("7", 7)), pool.results().next());
  }

  @Test
  void shutdownNowCancelsWhatHasNotBegun() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    WorkerPool<String, String> pool =
        new Solution<>(
            1,
            job -> {
              begun.countDown();
              never.await();
              return job;
            });
    pool.submit("running");
    pool.submit("waiting");
    begun.await();
    pool.shutdown(Shutdown.NOW);
    assertThrows(IllegalStateException.class, () -> pool.submit("late"));
    List<Class<?>> ends = new ArrayList<>();
    Optional<Outcome<String, String>> next = pool.results().next();
    while (next.isPresent()) {
      ends.add(next.get().getClass());
      next = pool.results().next();
    }
    assertEquals(List.of(Outcome.Failed.class, Outcome.Cancelled.class), ends);
  }
}
