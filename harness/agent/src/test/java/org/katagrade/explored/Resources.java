package org.katagrade.explored;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.katagrade.agent.explore.Ending.LostWakeup;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Pools of things that are borrowed and given back. */
final class Resources {

  private Resources() {}

  /** Lends things that are numbered. */
  private static final class Shelf {
    private final Deque<Integer> free = new ArrayDeque<>();
    private final boolean tells;

    Shelf(int things, boolean tells) {
      this.tells = tells;
      for (int i = 0; i < things; i++) {
        free.add(i);
      }
    }

    synchronized int borrow() throws InterruptedException {
      while (free.isEmpty()) {
        wait();
      }
      return free.remove();
    }

    synchronized void giveBack(int thing) {
      free.add(thing);
      if (tells) {
        notifyAll();
      }
    }
  }

  @Sound("those who wait are told")
  static void tellsOfWhatComesBack(Fork fork) throws InterruptedException {
    lends(fork, true);
  }

  @Broken(LostWakeup.class)
  static void tellsNobody(Fork fork) throws InterruptedException {
    lends(fork, false);
  }

  private static void lends(Fork fork, boolean tells) throws InterruptedException {
    Shelf shelf = new Shelf(1, tells);
    AtomicIntegerArray users = new AtomicIntegerArray(1);
    Crew.run(
        fork,
        2,
        () -> {
          int thing = shelf.borrow();
          Crew.expectEqual(1, users.incrementAndGet(thing));
          users.decrementAndGet(thing);
          shelf.giveBack(thing);
        });
  }

  @Broken(LostWakeup.class)
  static void eachNeedsTwo(Fork fork) throws InterruptedException {
    Shelf shelf = new Shelf(2, true);
    Crew.run(
        fork,
        2,
        () -> {
          int one = shelf.borrow();
          int two = shelf.borrow();
          shelf.giveBack(two);
          shelf.giveBack(one);
        });
  }

  @Broken(Wrong.class)
  static void usedAfterItWasGivenBack(Fork fork) throws InterruptedException {
    Shelf shelf = new Shelf(1, true);
    AtomicIntegerArray users = new AtomicIntegerArray(1);
    Crew.run(
        fork,
        2,
        () -> {
          int thing = shelf.borrow();
          shelf.giveBack(thing);
          Crew.expectEqual(1, users.incrementAndGet(thing));
          users.decrementAndGet(thing);
        });
  }

  /** Counts those that use it; the last one closes it. */
  private static final class Counted {
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile boolean closed;

    boolean open(boolean atomically) {
      if (!atomically) {
        if (users.get() == 0) {
          return false;
        }
        users.incrementAndGet();
        return true;
      }
      int seen;
      do {
        seen = users.get();
        if (seen == 0) {
          return false;
        }
      } while (!users.compareAndSet(seen, seen + 1));
      return true;
    }

    void close() {
      if (users.decrementAndGet() == 0) {
        closed = true;
      }
    }
  }

  private static void counts(Fork fork, boolean atomically) throws InterruptedException {
    Counted resource = new Counted();
    Crew.run(
        fork,
        resource::close,
        () -> {
          if (resource.open(atomically)) {
            Crew.expect(!resource.closed, "it is open");
            resource.close();
          }
        });
  }

  @Sound("a count that was nought stays so")
  static void countsAtomically(Fork fork) throws InterruptedException {
    counts(fork, true);
  }

  @Broken(Wrong.class)
  static void countsFromNought(Fork fork) throws InterruptedException {
    counts(fork, false);
  }
}
