package org.katagrade.checks.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RunQueueTest {

  /** More than whose files are kept open. */
  private static final int MANY = 600;

  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean spinning = true;

  @BeforeEach
  void whereTheSystemTells() {
    assumeTrue(RunQueue.isVisible());
  }

  @AfterEach
  void end() throws InterruptedException {
    spinning = false;
    over.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void isEmptyWhenAllOthersWait() {
    begin(3, this::waits);

    await().until(RunQueue::isEmpty);
  }

  @Test
  void isNeverEmptyWhileSomebodyIsAtWork() {
    begin(1, this::spins);

    assertThat(timesEmpty(100)).isZero();
  }

  @Test
  void isSeenByAnObserverThatIsInterrupted() {
    begin(1, this::spins);
    RunQueue.isEmpty();

    Thread.currentThread().interrupt();
    int empty = timesEmpty(100);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(empty).isZero();
    spinning = false;
    await().until(RunQueue::isEmpty);
  }

  @Test
  void isSeenHoweverManyThreadsThereAre() {
    begin(MANY, this::waits);
    await().until(RunQueue::isEmpty);

    begin(1, this::spins);

    assertThat(timesEmpty(10)).isZero();
  }

  private static int timesEmpty(int looks) {
    int empty = 0;
    for (int look = 0; look < looks; look++) {
      empty += RunQueue.isEmpty() ? 1 : 0;
    }
    return empty;
  }

  private void begin(int count, Runnable work) {
    CountDownLatch begun = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    begun.countDown();
                    work.run();
                  }));
    }
    try {
      begun.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void waits() {
    try {
      over.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void spins() {
    while (spinning) {
      Thread.onSpinWait();
    }
  }
}
