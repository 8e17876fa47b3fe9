package org.katagrade.agent.order;

import java.util.concurrent.TimeUnit;

/** {@code Object.wait}: an unlock and, before it returns, a lock of the monitor (JLS 17.2.1). */
public final class Monitors {

  private Monitors() {}

  /** The wait. */
  public static void wait(Object monitor) throws InterruptedException {
    wait(monitor, 0L, 0);
  }

  /** The wait with a limit. */
  public static void wait(Object monitor, long millis) throws InterruptedException {
    wait(monitor, millis, 0);
  }

  /** The wait with a limit in any unit. */
  public static void timedWait(TimeUnit unit, Object monitor, long timeout)
      throws InterruptedException {
    Hooks.around(monitor, Thread.holdsLock(monitor), () -> unit.timedWait(monitor, timeout));
  }

  /** The wait with a finer limit. */
  public static void wait(Object monitor, long millis, int nanos) throws InterruptedException {
    Hooks.around(monitor, Thread.holdsLock(monitor), () -> monitor.wait(millis, nanos));
  }
}
