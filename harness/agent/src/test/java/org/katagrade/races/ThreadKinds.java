package org.katagrade.races;

import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** The ways to make a thread; most of them are not the fork's. */
final class ThreadKinds {

  private static final String START_AND_JOIN =
      "JLS 17.4.5: start() before the thread's actions, those before join() returns";

  private int value;

  private ThreadKinds() {}

  private static final class Doubler extends Thread {
    private final int[] numbers;
    private int factor;
    private int sum;

    Doubler(int... numbers) {
      this.numbers = numbers;
    }

    @Override
    public void run() {
      for (int number : numbers) {
        sum += number * factor; // race: factorSetAfterStart
      }
    }
  }

  @RaceFree(START_AND_JOIN)
  static void subclass(Fork fork) throws InterruptedException {
    Doubler doubler = new Doubler(1, 2, 3);
    doubler.factor = 2;
    doubler.start();
    doubler.join();
    if (doubler.sum != 12) {
      throw new AssertionError(doubler.sum);
    }
  }

  @Racy
  static void factorSetAfterStart(Fork fork) throws InterruptedException {
    Doubler doubler = new Doubler(4);
    doubler.start();
    doubler.factor = 2; // race: factorSetAfterStart
    doubler.join();
  }

  private static final class SelfPreparing extends Thread {
    private int prepared;
    private int seen;

    @Override
    public void start() {
      prepared = 7;
      super.start();
    }

    @Override
    public void run() {
      seen = prepared;
    }
  }

  @RaceFree(START_AND_JOIN)
  static void startOverridden(Fork fork) throws InterruptedException {
    SelfPreparing thread = new SelfPreparing();
    thread.start();
    thread.join();
    if (thread.seen != 7) {
      throw new AssertionError(thread.seen);
    }
  }

  @RaceFree(START_AND_JOIN)
  static void anonymousClass(Fork fork) throws InterruptedException {
    int[] squares = {1, 2, 3};
    Thread thread =
        new Thread("squares") {
          @Override
          public void run() {
            for (int i = 0; i < squares.length; i++) {
              squares[i] *= squares[i];
            }
          }
        };
    thread.start();
    thread.join();
    if (squares[2] != 9) {
      throw new AssertionError(squares[2]);
    }
  }

  @RaceFree(START_AND_JOIN)
  static void threadOfATask(Fork fork) throws InterruptedException {
    ThreadKinds shared = new ThreadKinds();
    shared.value = 1;
    Thread thread = new Thread(() -> shared.value++, "adder");
    thread.setDaemon(true);
    thread.start();
    thread.join();
    if (shared.value != 2) {
      throw new AssertionError(shared.value);
    }
  }

  @RaceFree("Thread.run: invokes the task's run method, in the caller")
  @SuppressWarnings("DoNotCall")
  static void runInsteadOfStart(Fork fork) {
    ThreadKinds shared = new ThreadKinds();
    Thread never = new Thread(() -> shared.value++);
    never.run();
    shared.value++;
    if (shared.value != 2) {
      throw new AssertionError(shared.value);
    }
  }

  @RaceFree("Thread.Builder.start: creates a thread and schedules it to execute; JLS 17.4.5")
  static void startedByTheBuilder(Fork fork) throws InterruptedException {
    ThreadKinds shared = new ThreadKinds();
    shared.value = 1;
    Thread platform = Thread.ofPlatform().name("built").daemon().start(() -> shared.value++);
    platform.join();
    Thread virtual = Thread.ofVirtual().name("built-", 1).start(() -> shared.value++);
    virtual.join();
    if (shared.value != 3) {
      throw new AssertionError(shared.value);
    }
  }

  @Racy
  static void writeBesideTheBuiltThread(Fork fork) throws InterruptedException {
    ThreadKinds shared = new ThreadKinds();
    Thread thread =
        Thread.ofPlatform().start(() -> shared.value = 1); // race: writeBesideTheBuiltThread
    shared.value = 2; // race: writeBesideTheBuiltThread
    thread.join();
  }

  @RaceFree("Thread.startVirtualThread: creates a thread and schedules it to execute; JLS 17.4.5")
  static void startVirtualThread(Fork fork) throws InterruptedException {
    ThreadKinds shared = new ThreadKinds();
    shared.value = 1;
    Thread thread = Thread.startVirtualThread(() -> shared.value++);
    thread.join();
    if (shared.value != 2) {
      throw new AssertionError(shared.value);
    }
  }

  @Racy
  static void readBesideTheVirtualThread(Fork fork) throws InterruptedException {
    ThreadKinds shared = new ThreadKinds();
    Thread thread =
        Thread.startVirtualThread(() -> shared.value = 1); // race: readBesideTheVirtualThread
    int seen = shared.value; // race: readBesideTheVirtualThread
    thread.join();
    if (seen < 0) {
      throw new AssertionError(seen);
    }
  }

  @RaceFree(START_AND_JOIN)
  static void threadsOfFactories(Fork fork) throws InterruptedException {
    int[] cells = new int[2];
    Thread platform = Thread.ofPlatform().name("p-", 0).factory().newThread(() -> cells[0] = 1);
    Thread virtual = Thread.ofVirtual().factory().newThread(() -> cells[1] = 2);
    platform.start();
    virtual.start();
    platform.join();
    virtual.join();
    if (cells[0] + cells[1] != 3) {
      throw new AssertionError(cells[0]);
    }
  }
}
