package org.katagrade.agent.explore;

import java.util.LinkedHashMap;
import java.util.Map;

/** Programs with known mistakes, and the same without. */
final class Toys {

  private static final int X = 1;
  private static final int Y = 2;
  private static final int M = 3;
  private static final int N = 4;

  private Toys() {}

  /** Two threads that increment without a lock, nothing around them. */
  static Toy lostUpdate() {
    return Toy.crowd(
        new Code().read(X, 0).check(r -> r[0] == 2, "an update is lost"),
        new Code().increment(X),
        new Code().increment(X));
  }

  static Toy lockedUpdates() {
    Code increment = new Code().lock(M).increment(X).unlock(M);
    return Toy.crowd(
        new Code().read(X, 0).check(r -> r[0] == 2, "an update is lost"), increment, increment);
  }

  /** One thread relies on what another has not done yet. */
  static Toy tooEarly() {
    return Toy.crowd(
        new Code(),
        new Code().yield().write(X, 1),
        new Code().yield().yield().yield().read(X, 0).check(r -> r[0] == 1, "it is not there yet"));
  }

  static Toy lockOrder() {
    return Toy.crowd(
        new Code(),
        new Code().lock(M).lock(N).increment(X).unlock(N).unlock(M),
        new Code().lock(N).lock(M).increment(X).unlock(M).unlock(N));
  }

  static Toy oneLockOrder() {
    Code both = new Code().lock(M).lock(N).increment(X).unlock(N).unlock(M);
    return Toy.crowd(new Code(), both, both);
  }

  /** A signal that comes before anybody waits is lost. */
  static Toy lostSignal() {
    return Toy.crowd(
        new Code(), new Code().lock(M).await(M).unlock(M), new Code().lock(M).signal(M).unlock(M));
  }

  /** Waits in a loop, for a condition that is changed under the lock. */
  static Toy keptSignal() {
    return Toy.crowd(
        new Code(),
        new Code().lock(M).read(X, 0).jump(5, r -> r[0] == 1).await(M).jump(1, _ -> true).unlock(M),
        new Code().lock(M).write(X, 1).signal(M).unlock(M));
  }

  /** Two kinds wait on one lock, and the signal for one goes to the other, which ignores it. */
  static Toy wrongOneNotified() {
    Code takesOne =
        new Code().lock(M).read(X, 0).jump(5, r -> r[0] == 1).await(M).jump(1, _ -> true).unlock(M);
    Code takesTwo =
        new Code()
            .lock(M)
            .read(X, 0)
            .jump(5, r -> r[0] == 2)
            .await(M)
            .jump(1, _ -> true)
            .write(X, 1)
            .signal(M)
            .unlock(M);
    return Toy.crowd(
        new Code(), takesOne, takesTwo, new Code().lock(M).write(X, 2).signal(M).unlock(M));
  }

  /** Waits by yielding until a flag is set; correct. */
  static Toy spinner() {
    return Toy.crowd(
        new Code(),
        new Code().read(X, 0).jump(4, r -> r[0] == 1).yield().jump(0, _ -> true).read(X, 0),
        new Code().increment(Y).increment(Y).increment(Y).write(X, 1));
  }

  /** Waits without even yielding; correct if everybody gets a turn. */
  static Toy busySpinner() {
    return Toy.crowd(
        new Code(),
        new Code().read(X, 0).jump(0, r -> r[0] == 0),
        new Code().increment(Y).sleep(5).increment(Y).write(X, 1));
  }

  /** The flag is reset by a thread that should have looked first: then one spins for ever. */
  static Toy endless() {
    return Toy.crowd(
        new Code(),
        new Code().read(X, 0).jump(4, r -> r[0] == 1).yield().jump(0, _ -> true).read(X, 0),
        new Code().write(X, 1).write(X, 0));
  }

  /** A time-out that comes before the answer. */
  static Toy timeOut() {
    return Toy.crowd(
        new Code(),
        new Code().increment(Y).increment(Y).write(X, 1),
        new Code().sleep(10).read(X, 0).check(r -> r[0] == 1, "timed out"));
  }

  /**
   * Threads that write a, then b, and one that expects to see both or neither. After reorder_N of
   * SCTBench.
   */
  static Toy reorder(int setters) {
    Code[] crowd = new Code[setters + 1];
    for (int i = 0; i < setters; i++) {
      crowd[i] = new Code().write(X, 1).write(Y, -1);
    }
    crowd[setters] =
        new Code()
            .read(X, 0)
            .read(Y, 1)
            .check(r -> (r[0] == 0) == (r[1] == 0), "one of two is there");
    return Toy.crowd(new Code(), crowd);
  }

  /** One lock is not the other. After wronglock_N of SCTBench. */
  static Toy wrongLock(int others) {
    Code[] crowd = new Code[others + 1];
    crowd[0] =
        new Code()
            .lock(M)
            .read(X, 0)
            .write(X, r -> r[0] + 1)
            .read(X, 1)
            .check(r -> r[1] == r[0] + 1, "somebody else wrote")
            .unlock(M);
    for (int i = 1; i <= others; i++) {
      crowd[i] = new Code().lock(N).read(X, 0).write(X, r -> r[0] + 1).unlock(N);
    }
    return Toy.crowd(new Code(), crowd);
  }

  /** Something holds between two critical sections only. After twostage_N of SCTBench. */
  static Toy twoStages(int pairs) {
    Code[] crowd = new Code[2 * pairs];
    for (int i = 0; i < pairs; i++) {
      crowd[i] = new Code().lock(M).write(X, 1).unlock(M).lock(N).write(Y, 2).unlock(N);
      crowd[pairs + i] =
          new Code()
              .lock(M)
              .read(X, 0)
              .unlock(M)
              .jump(8, r -> r[0] == 0)
              .lock(N)
              .read(Y, 1)
              .unlock(N)
              .check(r -> r[1] == r[0] + 1, "the second stage is missing");
      crowd[pairs + i].yield();
    }
    return Toy.crowd(new Code(), crowd);
  }

  /** All but one of many are done before the one begins, and it is the first that was started. */
  static Toy lastIsFirst(int threads) {
    Code[] crowd = new Code[threads];
    crowd[0] = new Code().read(X, 0).check(r -> r[0] < threads - 1, "everybody else has been here");
    for (int i = 1; i < threads; i++) {
      crowd[i] = new Code().lock(M).increment(X).unlock(M);
    }
    return Toy.crowd(new Code(), crowd);
  }

  /** A chain of depth steps, each of which must come between two of the other thread's. */
  static Toy chain(int depth) {
    Code one = new Code();
    Code two = new Code();
    for (int i = 0; i < depth; i++) {
      int mine = i;
      one.read(X, 0).compute(r -> r[1] = r[1] == mine && r[0] == mine ? mine + 1 : -1);
      one.write(Y, r -> r[1]);
      two.read(Y, 0).compute(r -> r[1] = r[1] == mine && r[0] == mine + 1 ? mine + 1 : -1);
      two.write(X, r -> r[1]);
    }
    one.check(r -> r[1] != depth, "in step to the end");
    return Toy.crowd(new Code(), one, two);
  }

  /** All that are broken. */
  static Map<String, Toy> broken() {
    Map<String, Toy> toys = new LinkedHashMap<>();
    toys.put("lostUpdate", lostUpdate());
    toys.put("tooEarly", tooEarly());
    toys.put("lockOrder", lockOrder());
    toys.put("lostSignal", lostSignal());
    toys.put("wrongOneNotified", wrongOneNotified());
    toys.put("endless", endless());
    toys.put("timeOut", timeOut());
    return toys;
  }

  /** All that are correct. */
  static Map<String, Toy> correct() {
    Map<String, Toy> toys = new LinkedHashMap<>();
    toys.put("lockedUpdates", lockedUpdates());
    toys.put("oneLockOrder", oneLockOrder());
    toys.put("keptSignal", keptSignal());
    toys.put("spinner", spinner());
    toys.put("busySpinner", busySpinner());
    return toys;
  }

  /** Mistakes that need many threads to be somewhere, or many steps in order. */
  static Map<String, Toy> hard() {
    Map<String, Toy> toys = new LinkedHashMap<>();
    for (int threads : new int[] {3, 5, 10, 20, 50, 100}) {
      toys.put("reorder_" + threads, reorder(threads - 1));
    }
    for (int threads : new int[] {3, 20, 100}) {
      toys.put("wronglock_" + threads, wrongLock(threads - 1));
      toys.put("twostage_" + threads, twoStages(threads / 2));
      toys.put("last_" + threads, lastIsFirst(threads));
    }
    for (int depth = 1; depth <= 5; depth++) {
      toys.put("chain_" + depth, chain(depth));
    }
    return toys;
  }
}
