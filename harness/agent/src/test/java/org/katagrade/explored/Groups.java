package org.katagrade.explored;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Things many threads share: limits, debts and rounds. */
final class Groups {

  private Groups() {}

  @Sound("fifty threads and one lock")
  static void fiftyThreads(Fork fork) throws InterruptedException {
    Lock lock = new ReentrantLock();
    AtomicInteger count = new AtomicInteger();
    Crew.run(
        fork,
        50,
        () -> {
          lock.lock();
          try {
            count.set(count.get() + 1);
          } finally {
            lock.unlock();
          }
        });
    Crew.expectEqual(50, count.get());
  }

  @Broken(Wrong.class)
  static void oneOfManyForgetsTheLock(Fork fork) throws InterruptedException {
    Lock lock = new ReentrantLock();
    AtomicInteger count = new AtomicInteger();
    Task[] tasks = new Task[10];
    for (int i = 0; i < tasks.length; i++) {
      boolean locks = i != 5;
      tasks[i] =
          () -> {
            if (locks) {
              lock.lock();
            }
            count.set(count.get() + 1);
            if (locks) {
              lock.unlock();
            }
          };
    }
    Crew.run(fork, tasks);
    Crew.expectEqual(tasks.length, count.get());
  }

  @Sound("threads that start threads and wait for them")
  static void threadsOfThreads(Fork fork) throws InterruptedException {
    AtomicInteger leaves = new AtomicInteger();
    Crew.run(fork, 2, () -> Crew.run(fork, 2, leaves::incrementAndGet));
    Crew.expectEqual(4, leaves.get());
  }

  @Broken(Wrong.class)
  static void threadsOfThreadsUnawaited(Fork fork) throws InterruptedException {
    AtomicInteger leaves = new AtomicInteger();
    Crew.run(fork, 2, () -> Crew.start(fork, leaves::incrementAndGet));
    Crew.expectEqual(2, leaves.get());
  }

  /** Lets only so many pass in a second. */
  private static final class Limiter {
    private final AtomicLong window = new AtomicLong(System.nanoTime());
    private final AtomicInteger used = new AtomicInteger();

    boolean passInTwoSteps(int limit) {
      if (used.get() >= limit) {
        return false;
      }
      used.incrementAndGet();
      return true;
    }

    boolean pass(int limit) {
      return used.getAndUpdate(seen -> Math.min(limit, seen + 1)) < limit;
    }

    long age() {
      return System.nanoTime() - window.get();
    }
  }

  @Sound("asks and counts in one step")
  static void limits(Fork fork) throws InterruptedException {
    Limiter limiter = new Limiter();
    AtomicInteger passed = new AtomicInteger();
    Crew.run(fork, 3, () -> passed.addAndGet(limiter.pass(2) ? 1 : 0));
    Crew.expectEqual(2, passed.get());
    Crew.expect(limiter.age() >= 0, "time does not go back");
  }

  @Broken(Wrong.class)
  static void limitsInTwoSteps(Fork fork) throws InterruptedException {
    Limiter limiter = new Limiter();
    AtomicInteger passed = new AtomicInteger();
    Crew.run(fork, 3, () -> passed.addAndGet(limiter.passInTwoSteps(2) ? 1 : 0));
    Crew.expectEqual(2, passed.get());
  }

  /** Loads each key once, however many ask for it. */
  private static final class Loader {
    private final ConcurrentMap<String, FutureTask<Integer>> loading = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();

    int load(String key, boolean once) throws Exception {
      FutureTask<Integer> task = new FutureTask<>(loads::incrementAndGet);
      FutureTask<Integer> first = once ? loading.putIfAbsent(key, task) : loading.put(key, task);
      if (first == null || !once) {
        first = task;
        task.run();
      }
      return first.get();
    }
  }

  @Sound("the second waits for the load of the first")
  static void loadsOnce(Fork fork) throws InterruptedException {
    Loader loader = new Loader();
    Crew.run(fork, 2, () -> Crew.expectEqual(1, loader.load("key", true)));
  }

  @Broken(Wrong.class)
  static void loadsTwice(Fork fork) throws InterruptedException {
    Loader loader = new Loader();
    Crew.run(fork, 2, () -> loader.load("key", false));
    Crew.expectEqual(1, loader.loads.get());
  }
}
