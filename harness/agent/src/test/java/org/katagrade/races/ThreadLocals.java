package org.katagrade.races;

import java.util.ArrayList;
import java.util.List;
import org.katagrade.agent.corpus.Fork;
import org.katagrade.agent.corpus.RaceFree;
import org.katagrade.agent.corpus.Racy;

/** Values of threads: thread-local, inherited and scoped. */
final class ThreadLocals {

  private static final String OWN = "ThreadLocal: each thread has its own copy of the variable";

  private ThreadLocals() {}

  private static final class Total {
    int value;
    int seen;
  }

  private static void count(ThreadLocal<Total> totals, int[] results, int mine) {
    for (int i = 0; i <= mine; i++) {
      totals.get().value++;
    }
    results[mine] = totals.get().value;
  }

  @RaceFree(OWN)
  static void oneObjectPerThread(Fork fork) throws InterruptedException {
    ThreadLocal<Total> totals = ThreadLocal.withInitial(Total::new);
    int[] results = new int[2];
    TwoThreads.together(fork, () -> count(totals, results, 0), () -> count(totals, results, 1));
    if (results[0] != 1 || results[1] != 2) {
      throw new AssertionError(results[1]);
    }
  }

  @Racy
  static void oneObjectForAllThreads(Fork fork) throws InterruptedException {
    Total shared = new Total();
    ThreadLocal<Total> totals = ThreadLocal.withInitial(() -> shared);
    Runnable count = () -> totals.get().value++; // race: oneObjectForAllThreads
    TwoThreads.together(fork, count, count);
  }

  @RaceFree(OWN)
  static void setAndRemoved(Fork fork) throws InterruptedException {
    ThreadLocal<Total> totals = ThreadLocal.withInitial(Total::new);
    int[] results = new int[2];
    Runnable prepare =
        () -> {
          totals.set(new Total());
          totals.get().value = 100;
          totals.remove();
        };
    TwoThreads.together(
        fork,
        () -> {
          prepare.run();
          count(totals, results, 0);
        },
        () -> {
          prepare.run();
          count(totals, results, 1);
        });
    if (results[0] != 1 || results[1] != 2) {
      throw new AssertionError(results[1]);
    }
  }

  @Racy
  static void objectGivenAwayFromAThreadLocal(Fork fork) throws InterruptedException {
    ThreadLocal<Total> totals = ThreadLocal.withInitial(Total::new);
    Total mine = totals.get();
    Thread other =
        fork.thread(
            () -> {
              totals.get().value = mine.value; // race: objectGivenAwayFromAThreadLocal
            });
    other.start();
    totals.get().value = 3; // race: objectGivenAwayFromAThreadLocal
    other.join();
    totals.remove();
  }

  @RaceFree("InheritableThreadLocal: the child receives the values when it is made; JLS 17.4.5")
  static void inheritedBeforeTheStart(Fork fork) throws InterruptedException {
    InheritableThreadLocal<Total> totals = new InheritableThreadLocal<>();
    Total total = new Total();
    total.value = 4;
    totals.set(total);
    Thread child =
        fork.thread(
            () -> {
              Total inherited = totals.get();
              inherited.value++;
              inherited.seen = inherited.value;
            });
    child.start();
    child.join();
    totals.remove();
    if (total.seen != 5) {
      throw new AssertionError(total.seen);
    }
  }

  @Racy
  static void inheritedByAndUsedByTheParent(Fork fork) throws InterruptedException {
    InheritableThreadLocal<Total> totals = new InheritableThreadLocal<>();
    totals.set(new Total());
    Thread child =
        fork.thread(
            () -> {
              totals.get().value = 1; // race: inheritedByAndUsedByTheParent
            });
    child.start();
    totals.get().value = 2; // race: inheritedByAndUsedByTheParent
    child.join();
    totals.remove();
  }

  private static final class Copied extends InheritableThreadLocal<List<String>> {
    @Override
    protected List<String> initialValue() {
      return new ArrayList<>();
    }

    @Override
    protected List<String> childValue(List<String> ofTheParent) {
      return new ArrayList<>(ofTheParent);
    }
  }

  @RaceFree("InheritableThreadLocal.childValue: called within the parent before the child starts")
  static void copiedForTheChild(Fork fork) throws InterruptedException {
    Copied lists = new Copied();
    lists.get().add("parent");
    int[] sizes = new int[1];
    Thread child =
        fork.thread(
            () -> {
              lists.get().add("child");
              sizes[0] = lists.get().size();
            });
    child.start();
    lists.get().add("parent again");
    int size = lists.get().size();
    child.join();
    lists.remove();
    if (size != 2 || sizes[0] != 2) {
      throw new AssertionError(size);
    }
  }

  private static final ScopedValue<Total> CURRENT = ScopedValue.newInstance();

  private static void add(int amount) {
    CURRENT.get().value += amount; // race: boundToOneObjectTwice
  }

  @RaceFree("ScopedValue: bound per thread; the objects are each thread's own")
  static void boundToAnObjectEach(Fork fork) throws InterruptedException {
    Total one = new Total();
    Total other = new Total();
    TwoThreads.together(
        fork,
        () -> ScopedValue.where(CURRENT, one).run(() -> add(1)),
        () -> ScopedValue.where(CURRENT, other).run(() -> add(2)));
    if (one.value != 1 || other.value != 2) {
      throw new AssertionError(one.value);
    }
  }

  @Racy
  static void boundToOneObjectTwice(Fork fork) throws InterruptedException {
    Total shared = new Total();
    TwoThreads.together(
        fork,
        () -> ScopedValue.where(CURRENT, shared).run(() -> add(1)),
        () -> ScopedValue.where(CURRENT, shared).run(() -> add(2)));
  }

  @RaceFree("ScopedValue: a nested binding lasts until its run() returns")
  static void reboundInside(Fork fork) throws InterruptedException {
    Total shared = new Total();
    Runnable work =
        () ->
            ScopedValue.where(CURRENT, shared)
                .run(
                    () -> {
                      ScopedValue.where(CURRENT, new Total()).run(() -> add(5));
                      synchronized (shared) {
                        add(1);
                      }
                    });
    TwoThreads.together(fork, work, work);
    if (shared.value != 2) {
      throw new AssertionError(shared.value);
    }
  }
}
