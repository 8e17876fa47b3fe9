package org.katagrade.races;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** {@link FutureTask}. */
final class FutureTasks {

  private static final String GET =
      "Future: what the computation does happens before what follows get() in another thread";

  private int value;
  private int seen;

  private FutureTasks() {}

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(GET)
  static void taskInAThreadOfItsOwn(Fork fork) throws Exception {
    FutureTasks shared = new FutureTasks();
    FutureTask<Integer> task =
        new FutureTask<>(
            () -> {
              shared.value = 6;
              return 7;
            });
    Thread thread = fork.thread(task);
    thread.start();
    expect(7, task.get());
    expect(6, shared.value);
    thread.join();
  }

  @RaceFree(GET)
  static void twoWaitForOneTask(Fork fork) throws Exception {
    FutureTasks shared = new FutureTasks();
    FutureTask<FutureTasks> task =
        new FutureTask<>(
            () -> {
              shared.value = 6;
              return shared;
            });
    int[] seen = new int[2];
    Thread thread = fork.thread(task);
    thread.start();
    TwoThreads.together(
        fork,
        Checked.task(() -> seen[0] = task.get().value),
        Checked.task(() -> seen[1] = task.get(30, TimeUnit.SECONDS).value));
    thread.join();
    expect(12, seen[0] + seen[1]);
  }

  @RaceFree(GET)
  static void firstUserComputes(Fork fork) throws Exception {
    FutureTasks shared = new FutureTasks();
    FutureTask<Integer> task =
        new FutureTask<>(
            () -> {
              shared.value++;
              return shared.value;
            });
    Runnable use =
        Checked.task(
            () -> {
              // Does nothing if it has been run.
              task.run();
              expect(1, task.get());
              expect(1, shared.value);
            });
    TwoThreads.together(fork, use, use);
    expect(1, shared.value);
  }

  private static final class Watched extends FutureTask<Integer> {
    private int done;

    Watched(Runnable action) {
      super(action, 1);
    }

    @Override
    protected void done() {
      done++; // race: doneReadAfterGet
    }
  }

  @RaceFree("JLS 17.4.4: the thread that runs the task calls done(), and is joined")
  static void doneMethod(Fork fork) throws Exception {
    FutureTasks shared = new FutureTasks();
    Watched task = new Watched(() -> shared.value = 6);
    Thread thread = fork.thread(task);
    thread.start();
    expect(1, task.get());
    expect(6, shared.value);
    thread.join();
    expect(1, task.done);
  }

  @Racy
  static void doneReadAfterGet(Fork fork) throws Exception {
    Watched task = new Watched(() -> {});
    Thread thread = fork.thread(task);
    thread.start();
    task.get();
    // Waiting threads are let go before done() is called.
    int unused = task.done; // race: doneReadAfterGet
    thread.join();
  }
}
