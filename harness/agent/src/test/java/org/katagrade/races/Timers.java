package org.katagrade.races;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link Timer}, whose thread runs its tasks. */
final class Timers {

  private Timers() {}

  private static final class Task extends TimerTask {
    private final Runnable action;

    Task(Runnable action) {
      this.action = action;
    }

    @Override
    public void run() {
      action.run();
    }
  }

  /** A timer whose thread can be joined. */
  private static final class Clock {
    private final Timer timer = new Timer("clock", true);
    private final Thread thread;

    Clock() throws InterruptedException {
      BlockingQueue<Thread> threads = new ArrayBlockingQueue<>(1);
      soon(() -> threads.add(Thread.currentThread()));
      thread = threads.take();
    }

    void soon(Runnable action) {
      timer.schedule(new Task(action), 0);
    }

    void end() throws InterruptedException {
      timer.cancel();
      thread.join();
    }
  }

  private static final class Shared {
    int value;
    int seen;
    boolean done;

    synchronized void increment() {
      value++;
    }

    synchronized void setDone() {
      done = true;
      notifyAll();
    }

    synchronized void awaitDone() throws InterruptedException {
      while (!done) {
        wait();
      }
    }
  }

  @RaceFree("Timer: a single thread executes all of its tasks, sequentially")
  static void tasksOfOneTimer(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    Clock clock = new Clock();
    Runnable add =
        () -> {
          shared.value++;
          // Which of the two comes first is not promised.
          if (shared.value == 2) {
            shared.setDone();
          }
        };
    clock.soon(add);
    clock.soon(add);
    shared.awaitDone();
    int seen = shared.value;
    clock.end();
    if (seen != 2) {
      throw new AssertionError(seen);
    }
  }

  @Racy
  static void tasksOfTwoTimers(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    Clock one = new Clock();
    Clock other = new Clock();
    Unseen first = new Unseen();
    Unseen second = new Unseen();
    one.soon(
        () -> {
          shared.value = 1; // race: tasksOfTwoTimers
          first.reached();
        });
    other.soon(
        () -> {
          shared.value = 2; // race: tasksOfTwoTimers
          second.reached();
        });
    first.await();
    second.await();
    one.end();
    other.end();
  }

  @RaceFree("JLS 17.4.5: changed only under the monitor")
  static void tasksOfTwoTimersUnderAMonitor(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    Clock one = new Clock();
    Clock other = new Clock();
    Unseen first = new Unseen();
    Unseen second = new Unseen();
    one.soon(
        () -> {
          shared.increment();
          first.reached();
        });
    other.soon(
        () -> {
          shared.increment();
          second.reached();
        });
    first.await();
    second.await();
    one.end();
    other.end();
    if (shared.value != 2) {
      throw new AssertionError(shared.value);
    }
  }

  @RaceFree("Timer: all constructors start a timer thread; JLS 17.4.5")
  static void writtenBeforeTheTimerIsMade(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    shared.value = 7;
    Clock clock = new Clock();
    clock.soon(
        () -> {
          shared.seen = shared.value;
          shared.setDone();
        });
    shared.awaitDone();
    int seen = shared.seen;
    clock.end();
    if (seen != 7) {
      throw new AssertionError(seen);
    }
  }

  @RaceFree("Timer: thread-safe, so a task is handed to its thread in order")
  static void writtenBeforeTheTaskIsScheduled(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    Clock clock = new Clock();
    shared.value = 7;
    clock.soon(
        () -> {
          shared.seen = shared.value;
          shared.setDone();
        });
    shared.awaitDone();
    int seen = shared.seen;
    clock.end();
    if (seen != 7) {
      throw new AssertionError(seen);
    }
  }

  @Racy
  static void writtenAfterTheTaskIsScheduled(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    Clock clock = new Clock();
    Unseen done = new Unseen();
    clock.soon(
        () -> {
          shared.seen = shared.value; // race: writtenAfterTheTaskIsScheduled
          done.reached();
        });
    shared.value = 7; // race: writtenAfterTheTaskIsScheduled
    done.await();
    clock.end();
  }

  @Racy
  static void cancelDoesNotWait(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    Clock clock = new Clock();
    Unseen done = new Unseen();
    clock.soon(
        () -> {
          shared.value = 7; // race: cancelDoesNotWait
          done.reached();
        });
    done.await();
    clock.timer.cancel();
    int seen = shared.value; // race: cancelDoesNotWait
    clock.end();
    if (seen < 0) {
      throw new AssertionError(seen);
    }
  }

  @RaceFree("JLS 17.4.4: the thread's actions come before the join() in end() returns")
  static void readAfterTheThreadsEnd(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    Clock clock = new Clock();
    Unseen done = new Unseen();
    clock.soon(
        () -> {
          shared.value = 7;
          done.reached();
        });
    // Otherwise it might be cancelled before the task runs.
    done.await();
    clock.end();
    if (shared.value != 7) {
      throw new AssertionError(shared.value);
    }
  }

  @RaceFree("Timer: a single thread executes all of its tasks, sequentially")
  static void repeatedTask(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    Clock clock = new Clock();
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            shared.value++;
            if (shared.value == 3) {
              cancel();
              shared.setDone();
            }
          }
        };
    clock.timer.scheduleAtFixedRate(task, 0, 1);
    shared.awaitDone();
    int seen = shared.value;
    clock.end();
    if (seen != 3) {
      throw new AssertionError(seen);
    }
  }
}
