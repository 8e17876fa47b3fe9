package org.katagrade.explored;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** {@code ThreadLocal} and {@code ScopedValue}: what belongs to a thread. */
final class Locals {

  private static final ScopedValue<String> USER = ScopedValue.newInstance();

  private Locals() {}

  private static void twoTasks(Fork fork, boolean removes) throws Exception {
    ThreadLocal<String> user = ThreadLocal.withInitial(() -> "nobody");
    CountDownLatch first = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newFixedThreadPool(2, fork::thread)) {
      Future<?> one =
          pool.submit(
              () -> {
                user.set("root");
                if (removes) {
                  user.remove();
                }
                first.countDown();
              });
      Future<?> two =
          pool.submit(
              () -> {
                first.await();
                return null;
              });
      one.get();
      two.get();
      List<Future<String>> seen = pool.invokeAll(Collections.nCopies(2, user::get));
      for (Future<String> each : seen) {
        Crew.expectEqual("nobody", each.get());
      }
    }
  }

  @Sound("removed when the task is over")
  static void removed(Fork fork) throws Exception {
    twoTasks(fork, true);
  }

  @Broken(Wrong.class)
  static void leftToTheNextTask(Fork fork) throws Exception {
    twoTasks(fork, false);
  }

  @Sound("each thread has its own count")
  static void ownCounts(Fork fork) throws InterruptedException {
    ThreadLocal<Integer> count = ThreadLocal.withInitial(() -> 0);
    AtomicInteger sum = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> {
          count.set(count.get() + 1);
          sum.addAndGet(count.get());
        });
    Crew.expectEqual(2, sum.get());
  }

  @Broken(Wrong.class)
  static void takenForShared(Fork fork) throws InterruptedException {
    ThreadLocal<Integer> count = ThreadLocal.withInitial(() -> 0);
    Crew.run(fork, 2, () -> count.set(count.get() + 1));
    Crew.expectEqual(2, count.get());
  }

  @Sound("InheritableThreadLocal: the value at the moment the thread was made")
  static void inherited(Fork fork) throws InterruptedException {
    InheritableThreadLocal<String> user = new InheritableThreadLocal<>();
    user.set("one");
    Thread thread = Crew.start(fork, () -> Crew.expectEqual("one", user.get()));
    user.set("two");
    thread.join();
    user.remove();
  }

  @Sound("bound while run runs, in each thread for itself")
  static void scoped(Fork fork) throws InterruptedException {
    Task one = () -> ScopedValue.where(USER, "one").run(() -> Crew.expectEqual("one", USER.get()));
    Task two = () -> ScopedValue.where(USER, "two").run(() -> Crew.expectEqual("two", USER.get()));
    Crew.run(fork, one, two);
  }

  @Broken(Wrong.class)
  static void scopedButNotInherited(Fork fork) throws InterruptedException {
    Thread[] thread = new Thread[1];
    ScopedValue.where(USER, "one")
        .run(() -> thread[0] = Crew.start(fork, () -> Crew.expectEqual("one", USER.get())));
    thread[0].join();
  }
}
