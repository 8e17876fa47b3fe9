package org.katagrade.explored;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.katagrade.agent.explore.Ending.Deadlock;
import org.katagrade.agent.explore.Ending.Leaked;
import org.katagrade.agent.explore.Ending.Livelock;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Threads that are left behind when the program has ended. */
final class Leaks {

  private Leaks() {}

  @Sound("told to end, and waited for")
  static void endedByAPill(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    Thread worker = worker(fork, queue);
    queue.put(1);
    queue.put(0);
    worker.join();
  }

  @Sound("told to end, which it will")
  static void endsByItself(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    worker(fork, queue);
    queue.put(0);
  }

  @Broken(Leaked.class)
  static void waitsForAnElement(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    worker(fork, queue);
    queue.put(1);
  }

  private static Thread worker(Fork fork, BlockingQueue<Integer> queue) {
    return Crew.start(
        fork,
        () -> {
          while (queue.take() != 0) {}
        });
  }

  @Broken(Leaked.class)
  static void waitsForANotification(Fork fork) {
    Object monitor = new Object();
    Crew.start(
        fork,
        () -> {
          synchronized (monitor) {
            while (true) {
              monitor.wait();
            }
          }
        });
  }

  @Broken({Leaked.class, Deadlock.class})
  static void waitForEachOther(Fork fork) {
    Lock one = new ReentrantLock();
    Lock two = new ReentrantLock();
    Crew.start(fork, () -> both(one, two));
    Crew.start(fork, () -> both(two, one));
  }

  private static void both(Lock first, Lock second) {
    first.lock();
    second.lock();
    second.unlock();
    first.unlock();
  }

  @Broken({Leaked.class, Livelock.class})
  static void ticksForEver(Fork fork) {
    AtomicInteger ticks = new AtomicInteger();
    Crew.start(
        fork,
        () -> {
          while (true) {
            Thread.sleep(1_000);
            ticks.incrementAndGet();
          }
        });
  }

  @Broken(Leaked.class)
  static void firstAnswerWinsAndTheOtherIsStuck(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> answers = new SynchronousQueue<>();
    Crew.start(fork, () -> answers.put(1));
    Crew.start(fork, () -> answers.put(2));
    Crew.expect(answers.take() > 0, "an answer");
  }

  @Sound("room for the answer that nobody wants")
  static void firstAnswerWins(Fork fork) throws InterruptedException {
    BlockingQueue<Integer> answers = new ArrayBlockingQueue<>(2);
    Crew.start(fork, () -> answers.put(1));
    Crew.start(fork, () -> answers.put(2));
    Crew.expect(answers.take() > 0, "an answer");
  }

  @Sound("sleeps for a while and ends")
  static void outlivesTheMainThread(Fork fork) {
    Crew.start(fork, () -> Thread.sleep(5));
  }
}
