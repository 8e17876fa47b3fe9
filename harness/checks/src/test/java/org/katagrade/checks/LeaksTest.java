package org.katagrade.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.katagrade.checks.evidence.LeakedThread;
import org.katagrade.checks.standstill.Threads;

final class LeaksTest {

  @Test
  void threadsThatEndAreNoLeak() throws Exception {
    CountDownLatch ran = new CountDownLatch(2);
    try (Leaks leaks = Leaks.watch()) {
      Thread.ofPlatform().start(ran::countDown);
      Thread.ofVirtual().start(ran::countDown);
      ran.await();
      assertThat(leaks).isNotNull();
    }
  }

  @Test
  void aWaitingThreadIsALeak() {
    CountDownLatch never = new CountDownLatch(1);
    Leaks leaks = Leaks.watch();
    Thread.ofPlatform()
        .name("left-behind")
        .daemon()
        .start(
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    LeakError leak = catchThrowableOfType(LeakError.class, leaks::close);
    assertThat(leak.leak().threads())
        .singleElement()
        .matches(thread -> thread.name().equals("left-behind") && !thread.pooled());
    never.countDown();
  }

  @Test
  void anExecutorThatIsNotShutDownIsALeak() throws Exception {
    Leaks leaks = Leaks.watch();
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      executor.submit(() -> 7).get();
      LeakError leak = catchThrowableOfType(LeakError.class, leaks::close);
      assertThat(leak.leak().threads()).singleElement().matches(LeakedThread::pooled);
    }
  }

  @Test
  void aWaitingVirtualThreadIsALeak() {
    CountDownLatch never = new CountDownLatch(1);
    Leaks leaks = Leaks.watch();
    Thread.ofVirtual()
        .name("light")
        .start(
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    LeakError leak = catchThrowableOfType(LeakError.class, leaks::close);
    assertThat(leak.leak().threads())
        .singleElement()
        .matches(thread -> thread.name().equals("light") && thread.virtual());
    never.countDown();
  }

  @Test
  void theTimerOfVirtualThreadsIsNone() throws Exception {
    try (Leaks leaks = Leaks.watch()) {
      Thread.ofVirtual().start(() -> LockSupport.parkNanos(1_000_000)).join();
      assertThat(Threads.participants())
          .extracting(Thread::getName)
          .noneMatch(name -> name.endsWith("delayScheduler"));
    }
  }

  @Test
  void thingsLeftAreCountedAndNamed() {
    Leaks.noneLeft("connections still open", List.of());
    Leaks.allReturned("permits", 3, 3);
    assertThatThrownBy(() -> Leaks.noneLeft("connections still open", List.of("c-1")))
        .isInstanceOf(LeakError.class)
        .hasMessageContaining("connections still open: 1");
    assertThatThrownBy(() -> Leaks.allReturned("permits", 3, 2))
        .isInstanceOf(LeakError.class)
        .hasMessageContaining(
            "expected all permits after everything was given back, 3, but found 2");
  }
}
