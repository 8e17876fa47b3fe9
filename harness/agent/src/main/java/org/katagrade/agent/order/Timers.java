package org.katagrade.agent.order;

import java.util.Date;
import java.util.Timer;
import java.util.TimerTask;
import org.katagrade.agent.race.ThreadState;

/**
 * {@link Timer}: it promises no order in so many words, but runs each task in its one thread after
 * {@code schedule} was called, through a queue with a lock. The task's {@code run} is woven.
 */
public final class Timers {

  private Timers() {}

  private static void given(TimerTask task) {
    if (task != null) {
      Order.of(task).release(ThreadState.current());
    }
  }

  public static void schedule(Timer timer, TimerTask task, long delay) {
    given(task);
    timer.schedule(task, delay);
  }

  public static void schedule(Timer timer, TimerTask task, long delay, long period) {
    given(task);
    timer.schedule(task, delay, period);
  }

  public static void schedule(Timer timer, TimerTask task, Date time) {
    given(task);
    timer.schedule(task, time);
  }

  public static void schedule(Timer timer, TimerTask task, Date first, long period) {
    given(task);
    timer.schedule(task, first, period);
  }

  public static void scheduleAtFixedRate(Timer timer, TimerTask task, long delay, long period) {
    given(task);
    timer.scheduleAtFixedRate(task, delay, period);
  }

  public static void scheduleAtFixedRate(Timer timer, TimerTask task, Date first, long period) {
    given(task);
    timer.scheduleAtFixedRate(task, first, period);
  }
}
