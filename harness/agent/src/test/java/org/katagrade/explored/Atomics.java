package org.katagrade.explored;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Atomic variables that are read in one step and written in another. */
final class Atomics {

  private Atomics() {}

  @Sound("AtomicInteger.incrementAndGet: atomically")
  static void increments(Fork fork) throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    Crew.run(fork, 2, count::incrementAndGet);
    Crew.expectEqual(2, count.get());
  }

  @Broken(Wrong.class)
  static void getsThenSets(Fork fork) throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    Crew.run(fork, 2, () -> count.set(count.get() + 1));
    Crew.expectEqual(2, count.get());
  }

  @Sound("tries again when somebody was faster")
  static void triesAgain(Fork fork) throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    Crew.run(
        fork,
        3,
        () -> {
          int seen;
          do {
            seen = count.get();
          } while (!count.compareAndSet(seen, seen + 1));
        });
    Crew.expectEqual(3, count.get());
  }

  @Broken(Wrong.class)
  static void triesOnce(Fork fork) throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    Crew.run(
        fork,
        2,
        () -> {
          int seen = count.get();
          boolean unused = count.compareAndSet(seen, seen + 1);
        });
    Crew.expectEqual(2, count.get());
  }

  /** A number and its square, in two variables or in one. */
  private record Square(int root, int square) {}

  @Sound("both numbers are in one reference")
  static void oneReference(Fork fork) throws InterruptedException {
    AtomicReference<Square> square = new AtomicReference<>(new Square(1, 1));
    Crew.run(
        fork,
        () -> square.set(new Square(2, 4)),
        () -> {
          Square seen = square.get();
          Crew.expectEqual(seen.root() * seen.root(), seen.square());
        });
  }

  @Broken(Wrong.class)
  static void twoVariables(Fork fork) throws InterruptedException {
    AtomicInteger root = new AtomicInteger(1);
    AtomicInteger square = new AtomicInteger(1);
    Crew.run(
        fork,
        () -> {
          root.set(2);
          square.set(4);
        },
        () -> {
          int seen = root.get();
          Crew.expectEqual(seen * seen, square.get());
        });
  }

  @Sound("one of two wins the right to act")
  static void onlyOneWins(Fork fork) throws InterruptedException {
    AtomicBoolean taken = new AtomicBoolean();
    AtomicInteger acts = new AtomicInteger();
    Crew.run(
        fork,
        3,
        () -> {
          if (taken.compareAndSet(false, true)) {
            acts.incrementAndGet();
          }
        });
    Crew.expectEqual(1, acts.get());
  }

  @Broken(Wrong.class)
  static void severalWin(Fork fork) throws InterruptedException {
    AtomicBoolean taken = new AtomicBoolean();
    AtomicInteger acts = new AtomicInteger();
    Crew.run(
        fork,
        3,
        () -> {
          if (!taken.get()) {
            taken.set(true);
            acts.incrementAndGet();
          }
        });
    Crew.expectEqual(1, acts.get());
  }

  @Sound("AtomicInteger.updateAndGet: applied to what it replaces")
  static void keepsTheMost(Fork fork) throws InterruptedException {
    AtomicInteger most = new AtomicInteger();
    Task three = () -> most.accumulateAndGet(3, Math::max);
    Task five = () -> most.accumulateAndGet(5, Math::max);
    Crew.run(fork, three, five);
    Crew.expectEqual(5, most.get());
  }

  @Broken(Wrong.class)
  static void losesTheMost(Fork fork) throws InterruptedException {
    AtomicInteger most = new AtomicInteger();
    Task three = () -> most.set(Math.max(3, most.get()));
    Task five = () -> most.set(Math.max(5, most.get()));
    Crew.run(fork, three, five);
    Crew.expectEqual(5, most.get());
  }

  @Sound("elements of an array change one by one")
  static void elements(Fork fork) throws InterruptedException {
    AtomicIntegerArray counts = new AtomicIntegerArray(2);
    Crew.run(
        fork,
        2,
        () -> {
          counts.incrementAndGet(0);
          counts.incrementAndGet(1);
        });
    Crew.expectEqual(4, counts.get(0) + counts.get(1));
  }

  @Broken(Wrong.class)
  static void movedFromElementToElement(Fork fork) throws InterruptedException {
    AtomicIntegerArray counts = new AtomicIntegerArray(new int[] {5, 5});
    Crew.run(
        fork,
        () -> {
          counts.decrementAndGet(0);
          counts.incrementAndGet(1);
        },
        () -> Crew.expectEqual(10, counts.get(0) + counts.get(1)));
  }

  @Sound("LongAdder.sum: accurate once nobody adds")
  static void summedAtTheEnd(Fork fork) throws InterruptedException {
    LongAdder adder = new LongAdder();
    Crew.run(fork, 3, adder::increment);
    Crew.expectEqual(3L, adder.sum());
  }

  @Broken(Wrong.class)
  static void summedInBetween(Fork fork) throws InterruptedException {
    LongAdder adder = new LongAdder();
    Task draw =
        () -> {
          if (adder.sum() < 1) {
            adder.increment();
          }
        };
    Crew.run(fork, draw, draw);
    Crew.expectEqual(1L, adder.sum());
  }
}
