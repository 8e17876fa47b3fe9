package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Many virtual threads, or one task for several. */
final class ManyThreads {

  private static final int MANY = 200;

  private int value;

  private ManyThreads() {}

  private synchronized void increment() {
    value++;
  }

  private static List<Thread> startMany(Runnable task) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Thread thread = Thread.ofVirtual().unstarted(task);
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  @RaceFree("JLS 17.4.5: the counter is changed only under its monitor")
  static void manyUnderAMonitor(Fork fork) throws InterruptedException {
    ManyThreads shared = new ManyThreads();
    for (Thread thread : startMany(shared::increment)) {
      thread.join();
    }
    if (shared.value != MANY) {
      throw new AssertionError(shared.value);
    }
  }

  @Racy
  static void manyWithoutMonitor(Fork fork) throws InterruptedException {
    ManyThreads shared = new ManyThreads();
    Runnable add = () -> shared.value++; // race: manyWithoutMonitor
    for (Thread thread : startMany(add)) {
      thread.join();
    }
  }

  @RaceFree("JLS 17.4.5: each thread has an element, which is read after its join()")
  static void manyWithAnElementEach(Fork fork) throws InterruptedException {
    long[] cells = new long[MANY];
    Thread[] threads = new Thread[MANY];
    for (int i = 0; i < MANY; i++) {
      int mine = i;
      threads[i] = Thread.ofVirtual().start(() -> cells[mine] = mine);
    }
    long sum = 0;
    for (int i = 0; i < MANY; i++) {
      threads[i].join();
      sum += cells[i];
    }
    if (sum != 19900) {
      throw new AssertionError(sum);
    }
  }

  private static final class Adder implements Runnable {
    private int total;

    @Override
    public void run() {
      total++; // race: oneTaskForTwoThreads
    }
  }

  @Racy
  static void oneTaskForTwoThreads(Fork fork) throws InterruptedException {
    Adder adder = new Adder();
    TwoThreads.together(fork, adder, adder);
  }

  @RaceFree("JLS 17.4.5: each thread has a task of its own")
  static void oneTaskEach(Fork fork) throws InterruptedException {
    Adder one = new Adder();
    Adder other = new Adder();
    TwoThreads.together(fork, one, other);
    if (one.total + other.total != 2) {
      throw new AssertionError(one.total);
    }
  }
}
