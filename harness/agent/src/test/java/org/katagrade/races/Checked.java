package org.katagrade.races;

/** Turns tasks that throw checked exceptions into those that threads and executors take. */
final class Checked {

  private Checked() {}

  /** A task. */
  interface Task {
    void run() throws Exception;
  }

  static Runnable task(Task task) {
    return () -> {
      try {
        task.run();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }
}
