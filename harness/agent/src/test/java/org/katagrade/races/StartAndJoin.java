package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Starting threads and waiting for their end. */
final class StartAndJoin {

  private int value;
  private int copy;

  private StartAndJoin() {}

  private static void check(int seen) {
    if (seen != 5) {
      throw new AssertionError(seen);
    }
  }

  @RaceFree("JLS 17.4.5: start() before the thread's actions, those before join() returns")
  static void startAndJoin(Fork fork) throws InterruptedException {
    StartAndJoin shared = new StartAndJoin();
    shared.value = 2;
    Thread worker = fork.thread(() -> shared.value += 3);
    worker.start();
    worker.join();
    check(shared.value);
    shared.value = 0;
  }

  @Racy
  static void readBeforeJoin(Fork fork) throws InterruptedException {
    StartAndJoin shared = new StartAndJoin();
    Thread worker = fork.thread(() -> shared.value = 5); // race: readBeforeJoin
    worker.start();
    int seen = shared.value; // race: readBeforeJoin
    worker.join();
    if (seen < 0) {
      throw new AssertionError(seen);
    }
  }

  @Racy
  static void writeAfterStart(Fork fork) throws InterruptedException {
    StartAndJoin shared = new StartAndJoin();
    Thread worker = fork.thread(() -> shared.copy = shared.value); // race: writeAfterStart
    worker.start();
    shared.value = 5; // race: writeAfterStart
    worker.join();
  }

  @Racy
  static void joinedTheOther(Fork fork) throws InterruptedException {
    StartAndJoin shared = new StartAndJoin();
    StartAndJoin another = new StartAndJoin();
    Thread one = fork.thread(() -> shared.value = 5); // race: joinedTheOther
    Thread other = fork.thread(() -> another.value = 5);
    one.start();
    other.start();
    other.join();
    int seen = shared.value; // race: joinedTheOther
    one.join();
    check(another.value);
    if (seen < 0) {
      throw new AssertionError(seen);
    }
  }

  @RaceFree("JLS 17.4.5: happens-before is transitive")
  static void joinedByAnother(Fork fork) throws InterruptedException {
    StartAndJoin shared = new StartAndJoin();
    Thread one = fork.thread(() -> shared.value = 4);
    Thread other =
        fork.thread(
            () -> {
              try {
                one.join();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              shared.value++;
            });
    one.start();
    other.start();
    other.join();
    check(shared.value);
  }

  @RaceFree("JLS 17.4.5: start() of the grandchild comes after what its parent did before")
  static void grandchild(Fork fork) throws InterruptedException {
    StartAndJoin shared = new StartAndJoin();
    Thread grandchild = fork.thread(() -> shared.value++);
    Thread child =
        fork.thread(
            () -> {
              shared.value++;
              grandchild.start();
            });
    shared.value = 3;
    child.start();
    child.join();
    grandchild.join();
    check(shared.value);
  }

  @Racy
  static void childGoesOnBesideTheGrandchild(Fork fork) throws InterruptedException {
    StartAndJoin shared = new StartAndJoin();
    Thread grandchild = fork.thread(() -> shared.value = 6); // race: childGoesOnBesideTheGrandchild
    Thread child =
        fork.thread(
            () -> {
              grandchild.start();
              shared.value = 5; // race: childGoesOnBesideTheGrandchild
            });
    child.start();
    child.join();
    grandchild.join();
  }

  @RaceFree("JLS 17.4.5: each child is joined before its half is read")
  static void sumOfHalves(Fork fork) {
    int[] numbers = new int[16];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    int sum = sum(fork, numbers, 0, numbers.length);
    if (sum != 120) {
      throw new AssertionError(sum);
    }
  }

  private static int sum(Fork fork, int[] numbers, int from, int to) {
    if (to - from <= 4) {
      int sum = 0;
      for (int i = from; i < to; i++) {
        sum += numbers[i];
      }
      return sum;
    }
    StartAndJoin left = new StartAndJoin();
    int middle = (from + to) / 2;
    Thread child = fork.thread(() -> left.value = sum(fork, numbers, from, middle));
    child.start();
    int right = sum(fork, numbers, middle, to);
    try {
      child.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return left.value + right;
  }

  @RaceFree("JLS 17.4.5: each thread is joined before the next one starts")
  static void handedFromThreadToThread(Fork fork) throws InterruptedException {
    List<Integer> list = new ArrayList<>();
    list.add(0);
    for (int i = 1; i < 5; i++) {
      Thread worker = fork.thread(() -> list.add(list.getLast() + 1));
      worker.start();
      worker.join();
    }
    check(list.size());
  }

  @Racy
  static void sleepOrdersNothing(Fork fork) throws InterruptedException {
    StartAndJoin shared = new StartAndJoin();
    Thread worker = fork.thread(() -> shared.value = 5); // race: sleepOrdersNothing
    worker.start();
    Thread.sleep(1);
    Thread.yield();
    int seen = shared.value; // race: sleepOrdersNothing
    worker.join();
    if (seen < 0) {
      throw new AssertionError(seen);
    }
  }
}
