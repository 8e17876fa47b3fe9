package org.katagrade.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

final class EveryLockTest {

  /** Something with a private lock, a private monitor, and one more lock behind a reference. */
  private static final class Guarded {
    private final ReentrantLock lock = new ReentrantLock();
    private final Object monitor = new Object();
    private final AtomicReference<ReentrantLock> behind =
        new AtomicReference<>(new ReentrantLock());

    boolean isHeld() {
      return lock.isHeldByCurrentThread()
          && behind.get().isHeldByCurrentThread()
          && Thread.holdsLock(monitor)
          && Thread.holdsLock(this);
    }

    boolean isFree() {
      return !lock.isLocked()
          && !behind.get().isLocked()
          && !Thread.holdsLock(monitor)
          && !Thread.holdsLock(this);
    }
  }

  @Test
  void holdsLocksAndMonitorsAndLetsThemGo() throws Exception {
    Guarded guarded = new Guarded();
    boolean[] held = new boolean[2];
    EveryLock.of(guarded).holding(() -> held[0] = guarded.isHeld());
    EveryLock.of(guarded).holdingForItself(() -> held[1] = guarded.isHeld());
    assertThat(held).containsOnly(true);
    assertThat(guarded.isFree()).isTrue();
  }

  @Test
  void leavesAloneWhatSomebodyElseHas() throws Exception {
    Guarded guarded = new Guarded();
    boolean[] held = {true, false};
    try (Gate gate = Gate.at("a block that holds one lock");
        var holder =
            Crowd.of(
                1,
                () -> {
                  guarded.lock.lock();
                  try {
                    gate.pass();
                  } finally {
                    guarded.lock.unlock();
                  }
                })) {
      gate.awaitArrivals(1);
      EveryLock.of(guarded)
          .holdingForItself(
              () -> {
                held[0] = guarded.lock.isHeldByCurrentThread();
                held[1] = Thread.holdsLock(guarded.monitor);
              });
      gate.open();
      holder.allFinish();
    }
    assertThat(held).containsExactly(false, true);
    assertThat(guarded.isFree()).isTrue();
  }
}
