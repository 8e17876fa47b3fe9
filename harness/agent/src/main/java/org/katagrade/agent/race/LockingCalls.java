package org.katagrade.agent.race;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The calls under way of a thread that lock a monitor by themselves, in code that is not woven, as
 * those of a synchronized collection do. What they call back, such as a key's {@code equals}, runs
 * under that monitor; that it does, and that the call has not long ended by an exception, {@link
 * Thread#holdsLock} tells.
 */
public final class LockingCalls {

  private @Nullable Object[] monitors = new @Nullable Object[4];
  private @Nullable SyncVar[] orders = new @Nullable SyncVar[4];
  private int[] sites = new int[4];
  private int depth;

  /** A call begins, and will lock the monitor. */
  public void begin(Object monitor, SyncVar order, int site) {
    while (depth > 0 && !isHeld(depth - 1)) {
      endDownTo(depth - 1); // by an exception
    }
    if (depth == monitors.length) {
      monitors = Arrays.copyOf(monitors, 2 * depth);
      orders = Arrays.copyOf(orders, 2 * depth);
      sites = Arrays.copyOf(sites, 2 * depth);
    }
    monitors[depth] = monitor;
    orders[depth] = order;
    sites[depth++] = site;
  }

  /** The last call that began with this monitor has ended, and all that began after it. */
  public void end(Object monitor) {
    for (int i = depth - 1; i >= 0; i--) {
      if (monitors[i] == monitor) {
        endDownTo(i);
        return;
      }
    }
  }

  private void endDownTo(int down) {
    while (depth > down) {
      depth--;
      monitors[depth] = null;
      orders[depth] = null;
    }
  }

  /** All have ended. */
  void endAll() {
    endDownTo(0);
  }

  private boolean isHeld(int index) {
    Object monitor = monitors[index];
    return monitor != null && Thread.holdsLock(monitor);
  }

  /** The locks that are held, with the monitors of these calls. */
  @Nullable HeldLock with(@Nullable HeldLock held) {
    HeldLock all = held;
    for (int i = 0; i < depth; i++) {
      Object monitor = monitors[i];
      if (monitor != null && Thread.holdsLock(monitor)) {
        all = new HeldLock(monitor, monitor, sites[i], false, all);
      }
    }
    return all;
  }

  /** The thread comes after those that held the monitors before; whether there are any. */
  boolean acquire(ThreadState thread) {
    boolean any = false;
    for (int i = 0; i < depth; i++) {
      SyncVar order = orders[i];
      if (order != null && isHeld(i)) {
        order.acquire(thread);
        any = true;
      }
    }
    return any;
  }

  /**
   * What the thread did so far comes before those that will hold the monitors. Told of at once: the
   * end of a call is told of when others may have locked the monitor already.
   */
  void release(ThreadState thread) {
    for (int i = 0; i < depth; i++) {
      SyncVar order = orders[i];
      if (order != null && isHeld(i)) {
        order.release(thread);
      }
    }
  }
}
