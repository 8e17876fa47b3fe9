package org.katagrade.agent.explore;

import java.util.concurrent.TimeUnit;
import org.katagrade.agent.order.Hooks;

/** {@code Object.wait} of explored code that the race detector watches. */
public final class WatchedMonitors {

  private WatchedMonitors() {}

  /** The wait. */
  public static void await(Object object) throws InterruptedException {
    await(object, 0, 0);
  }

  /** The wait with a limit. */
  public static void await(Object object, long millis) throws InterruptedException {
    await(object, millis, 0);
  }

  /** The wait with a limit in any unit. */
  public static void timedWait(TimeUnit unit, Object object, long timeout)
      throws InterruptedException {
    Hooks.around(object, Monitors.holds(object), () -> unit.timedWait(object, timeout));
  }

  /** The wait with a finer limit. */
  public static void await(Object object, long millis, int nanos) throws InterruptedException {
    Hooks.around(object, Monitors.holds(object), () -> Monitors.await(object, millis, nanos));
  }
}
