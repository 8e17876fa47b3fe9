package org.katagrade.explored;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.katagrade.agent.explore.Ending.Raced;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Things that are made when they are first needed. */
final class Laziness {

  private Laziness() {}

  private static final class Thing {
    private final int number;

    Thing(AtomicInteger made) {
      number = made.incrementAndGet();
    }
  }

  /** Makes its thing in one of several ways. */
  private static final class Lazy {
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicReference<@Nullable Thing> reference = new AtomicReference<>();
    private volatile @Nullable Thing thing;
    private @Nullable Thing plain;

    Thing unlocked() {
      Thing seen = thing;
      if (seen == null) {
        seen = new Thing(made);
        thing = seen;
      }
      return seen;
    }

    synchronized Thing locked() {
      return unlocked();
    }

    Thing checkedTwice() {
      Thing seen = thing;
      return seen == null ? locked() : seen;
    }

    Thing checkedOnce() {
      Thing seen = thing;
      if (seen == null) {
        synchronized (this) {
          seen = new Thing(made);
          thing = seen;
        }
      }
      return seen;
    }

    Thing checkedTwicePlainly() {
      Thing seen = plain;
      if (seen == null) {
        synchronized (this) {
          seen = plain;
          if (seen == null) {
            seen = new Thing(made);
            plain = seen;
          }
        }
      }
      return seen;
    }

    Thing byComparing() {
      Thing seen = reference.get();
      if (seen == null) {
        reference.compareAndSet(null, new Thing(made));
        seen = Objects.requireNonNull(reference.get());
      }
      return seen;
    }

    Thing byComparingBlindly() {
      Thing seen = reference.get();
      if (seen == null) {
        seen = new Thing(made);
        reference.compareAndSet(null, seen);
      }
      return seen;
    }
  }

  private static void same(Fork fork, Function<Lazy, Thing> get) throws InterruptedException {
    Lazy lazy = new Lazy();
    AtomicReferenceArray<Thing> seen = new AtomicReferenceArray<>(2);
    Crew.run(fork, () -> seen.set(0, get.apply(lazy)), () -> seen.set(1, get.apply(lazy)));
    Crew.expect(seen.get(0).number == seen.get(1).number, "both got the same");
  }

  @Sound("asks and makes under the monitor")
  static void locked(Fork fork) throws InterruptedException {
    same(fork, Lazy::locked);
  }

  @Broken(Wrong.class)
  static void unlocked(Fork fork) throws InterruptedException {
    same(fork, Lazy::unlocked);
  }

  @Sound("asks again under the monitor, of a volatile field")
  static void checkedTwice(Fork fork) throws InterruptedException {
    same(fork, Lazy::checkedTwice);
  }

  @Broken(Wrong.class)
  static void checkedOnce(Fork fork) throws InterruptedException {
    same(fork, Lazy::checkedOnce);
  }

  @Broken(Raced.class)
  static void checkedTwicePlainly(Fork fork) throws InterruptedException {
    same(fork, Lazy::checkedTwicePlainly);
  }

  @Sound("what lost is thrown away")
  static void byComparing(Fork fork) throws InterruptedException {
    same(fork, Lazy::byComparing);
  }

  @Broken(Wrong.class)
  static void byComparingBlindly(Fork fork) throws InterruptedException {
    same(fork, Lazy::byComparingBlindly);
  }

  /** Runs once; the others wait until it has, or only think so. */
  private static final class Once {
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile int value;
    private boolean over;

    void eager() {
      if (begun.compareAndSet(false, true)) {
        value = 7;
      }
    }

    synchronized void waiting() {
      if (!over) {
        value = 7;
        over = true;
      }
    }
  }

  @Sound("whoever comes second waits until the first is through")
  static void onceForAll(Fork fork) throws InterruptedException {
    Once once = new Once();
    Crew.run(
        fork,
        2,
        () -> {
          once.waiting();
          Crew.expectEqual(7, once.value);
        });
  }

  @Broken(Wrong.class)
  static void onceButUnfinished(Fork fork) throws InterruptedException {
    Once once = new Once();
    Crew.run(
        fork,
        2,
        () -> {
          once.eager();
          Crew.expectEqual(7, once.value);
        });
  }
}
