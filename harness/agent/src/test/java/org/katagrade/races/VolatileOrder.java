package org.katagrade.races;

import java.util.concurrent.locks.LockSupport;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;
import org.katagrade.agent.corpus.Unseen;

/** Which accesses to {@code volatile} fields order anything. */
final class VolatileOrder {

  private VolatileOrder() {}

  private static final class Shared {
    volatile int stamp;
    volatile int otherStamp;
    volatile boolean left;
    volatile boolean right;
    volatile boolean rightsTurn;
    int data;
    int more;
    int sum;
  }

  @Racy
  static void twoWritesDoNotOrder(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.data = 1; // race: twoWritesDoNotOrder
          shared.stamp = 1;
        },
        () -> {
          shared.stamp = 2;
          shared.sum = shared.data; // race: twoWritesDoNotOrder
        });
  }

  @Racy
  static void twoReadsDoNotOrder(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.data = 1; // race: twoReadsDoNotOrder
          shared.more = shared.stamp;
        },
        () -> shared.sum = shared.stamp + shared.data); // race: twoReadsDoNotOrder
  }

  @Racy
  static void readBeforeTheWriteDoesNotOrder(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.sum = shared.data; // race: readBeforeTheWriteDoesNotOrder
          shared.more = shared.stamp;
        },
        () -> {
          shared.stamp = 1;
          shared.data = 1; // race: readBeforeTheWriteDoesNotOrder
        });
  }

  @Racy
  static void fieldOfAnotherObject(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    Shared another = new Shared();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.data = 1; // race: fieldOfAnotherObject
          shared.stamp = 1;
        },
        () -> shared.sum = another.stamp + shared.data); // race: fieldOfAnotherObject
  }

  @Racy
  static void anotherFieldOfTheObject(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.data = 1; // race: anotherFieldOfTheObject
          shared.stamp = 1;
        },
        () -> shared.sum = shared.otherStamp + shared.data); // race: anotherFieldOfTheObject
  }

  @RaceFree("JLS 17.4.4: a volatile write synchronizes with all later reads, not only of its value")
  static void overwrittenStampStillOrders(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    Unseen first = new Unseen();
    Unseen second = new Unseen();
    Thread one =
        fork.thread(
            () -> {
              shared.data = 1;
              shared.stamp = 1;
              first.reached();
            });
    Thread other =
        fork.thread(
            () -> {
              first.await();
              shared.more = 2;
              shared.stamp = 2;
              second.reached();
            });
    one.start();
    other.start();
    second.await();
    int sum = shared.stamp + shared.data + shared.more;
    one.join();
    other.join();
    if (sum != 5) {
      throw new AssertionError(sum);
    }
  }

  @RaceFree("JLS 17.4.4: the read comes later than the write, whatever made it so")
  static void readOnceAfterTheWrite(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    TwoThreads.inTurn(
        fork,
        () -> {
          shared.data = 1;
          shared.stamp = 1;
        },
        () -> shared.sum = shared.stamp + shared.data);
    if (shared.sum != 2) {
      throw new AssertionError(shared.sum);
    }
  }

  @RaceFree("JLS 17.4.5: happens-before is transitive")
  static void fromFlagToFlag(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    Thread one =
        fork.thread(
            () -> {
              shared.data = 5;
              shared.left = true;
            });
    Thread between =
        fork.thread(
            () -> {
              while (!shared.left) {
                Thread.yield();
              }
              shared.right = true;
            });
    one.start();
    between.start();
    while (!shared.right) {
      Thread.yield();
    }
    int seen = shared.data;
    one.join();
    between.join();
    if (seen != 5) {
      throw new AssertionError(seen);
    }
  }

  // On a single processor two virtual threads that only yield may keep each other from running.
  private static void pause() {
    LockSupport.parkNanos(1_000);
  }

  @RaceFree("JLS 17.4.5: who sees its turn sees what came before the turn was given")
  static void turns(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    TwoThreads.together(fork, () -> play(shared, false), () -> play(shared, true));
    if (shared.data != 20) {
      throw new AssertionError(shared.data);
    }
  }

  private static void play(Shared shared, boolean right) {
    for (int i = 0; i < 10; i++) {
      while (shared.rightsTurn != right) {
        pause();
      }
      shared.data++;
      shared.rightsTurn = !right;
    }
  }

  @RaceFree("JLS 17.4.5: Peterson's lock, whose fields are all volatile")
  static void petersonsLock(Fork fork) throws InterruptedException {
    Shared shared = new Shared();
    TwoThreads.together(
        fork,
        () -> {
          for (int i = 0; i < 20; i++) {
            shared.left = true;
            shared.rightsTurn = true;
            while (shared.right && shared.rightsTurn) {
              pause();
            }
            shared.data++;
            shared.left = false;
          }
        },
        () -> {
          for (int i = 0; i < 20; i++) {
            shared.right = true;
            shared.rightsTurn = false;
            while (shared.left && !shared.rightsTurn) {
              pause();
            }
            shared.data++;
            shared.right = false;
          }
        });
    if (shared.data != 40) {
      throw new AssertionError(shared.data);
    }
  }
}
