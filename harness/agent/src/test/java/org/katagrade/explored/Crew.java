package org.katagrade.explored;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explored.Fork;

/** The threads of a program, and what it expects of them. */
final class Crew {

  private Crew() {}

  /** Starts a thread for each task and waits for all. */
  static void run(Fork fork, Task... tasks) throws InterruptedException {
    Thread[] threads = new Thread[tasks.length];
    for (int i = 0; i < tasks.length; i++) {
      threads[i] = start(fork, tasks[i]);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Starts as many threads with the same task and waits for all. */
  static void run(Fork fork, int count, Task task) throws InterruptedException {
    Task[] tasks = new Task[count];
    java.util.Arrays.fill(tasks, task);
    run(fork, tasks);
  }

  static Thread start(Fork fork, Task task) {
    Thread thread = fork.thread(checked(task));
    thread.start();
    return thread;
  }

  /** A task that fails its thread by whatever it throws. */
  static Runnable checked(Task task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    };
  }

  static void expect(boolean kept, String promise) {
    if (!kept) {
      throw new AssertionError(promise);
    }
  }

  static void expectEqual(@Nullable Object expected, @Nullable Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError("expected " + expected + ", but it was " + actual);
    }
  }
}
