package org.katagrade.races;

import java.util.concurrent.Semaphore;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** {@link Semaphore} as a mutex and as a count of resources. */
final class Semaphores {

  private static final String RELEASE =
      "Semaphore: what precedes a release happens before what follows a successful acquire";

  private final Semaphore semaphore;
  private int value;
  private int seen;

  private Semaphores(int permits) {
    semaphore = new Semaphore(permits);
  }

  private static void expect(int expected, int actual) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }

  @RaceFree(RELEASE)
  static void mutex(Fork fork) throws InterruptedException {
    Semaphores counter = new Semaphores(1);
    Runnable count =
        Checked.task(
            () -> {
              for (int i = 0; i < 10; i++) {
                counter.semaphore.acquire();
                try {
                  counter.value++;
                } finally {
                  counter.semaphore.release();
                }
              }
            });
    TwoThreads.together(fork, count, count);
    expect(20, counter.value);
  }

  private void increment(Unseen here, Unseen there) {
    semaphore.acquireUninterruptibly();
    here.reached();
    there.await();
    value++; // race: mutexOfTwoPermits
    semaphore.release();
  }

  @Racy
  static void mutexOfTwoPermits(Fork fork) throws InterruptedException {
    Semaphores counter = new Semaphores(2);
    Unseen one = new Unseen();
    Unseen other = new Unseen();
    TwoThreads.together(
        fork, () -> counter.increment(one, other), () -> counter.increment(other, one));
  }

  @RaceFree(RELEASE)
  static void allPermitsForAWriter(Fork fork) throws InterruptedException {
    Semaphores shared = new Semaphores(2);
    int[] seen = new int[2];
    TwoThreads.together(
        fork, () -> seen[0] = shared.readThenWrite(), () -> seen[1] = shared.readThenWrite());
    expect(2, shared.value);
    if (seen[0] + seen[1] > 1) {
      throw new AssertionError(seen[0] + seen[1]);
    }
  }

  private int readThenWrite() {
    semaphore.acquireUninterruptibly();
    int read = value;
    semaphore.release();
    semaphore.acquireUninterruptibly(2);
    value++;
    semaphore.release(2);
    return read;
  }

  @Racy
  static void tryAcquireIgnored(Fork fork) throws InterruptedException {
    Semaphores shared = new Semaphores(1);
    Unseen written = new Unseen();
    Unseen over = new Unseen();
    TwoThreads.together(
        fork,
        () -> {
          shared.semaphore.acquireUninterruptibly();
          shared.value = 7; // race: tryAcquireIgnored
          written.reached();
          over.await();
          shared.semaphore.release();
        },
        () -> {
          written.await();
          boolean unused = shared.semaphore.tryAcquire();
          shared.value = 8; // race: tryAcquireIgnored
          over.reached();
        });
  }

  /** Connections of which each is in one hand at a time. */
  private static final class Connections {
    private final Semaphore free = new Semaphore(2);
    private final int[] uses = new int[2];
    private final boolean[] taken = new boolean[2];

    void use() {
      free.acquireUninterruptibly();
      try {
        int mine = take();
        uses[mine]++;
        giveBack(mine);
      } finally {
        free.release();
      }
    }

    private synchronized int take() {
      int first = taken[0] ? 1 : 0;
      if (taken[first]) {
        throw new IllegalStateException("none is free");
      }
      taken[first] = true;
      return first;
    }

    private synchronized void giveBack(int index) {
      taken[index] = false;
    }
  }

  @RaceFree("JLS 17.4.5: each connection goes from hand to hand under the monitor")
  static void poolOfConnections(Fork fork) throws InterruptedException {
    Connections connections = new Connections();
    Thread[] users = new Thread[4];
    for (int i = 0; i < users.length; i++) {
      users[i] =
          fork.thread(
              () -> {
                for (int use = 0; use < 5; use++) {
                  connections.use();
                }
              });
      users[i].start();
    }
    for (Thread user : users) {
      user.join();
    }
    expect(20, connections.uses[0] + connections.uses[1]);
  }
}
