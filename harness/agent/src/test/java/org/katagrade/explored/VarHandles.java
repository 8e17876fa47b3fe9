package org.katagrade.explored;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.katagrade.agent.explore.Ending.Wrong;
import org.katagrade.agent.explored.Broken;
import org.katagrade.agent.explored.Fork;
import org.katagrade.agent.explored.Sound;

/** Variable handles and field updaters: the modes are atomic, two calls are not. */
final class VarHandles {

  private static final VarHandle COUNT;
  private static final AtomicIntegerFieldUpdater<VarHandles> UPDATER =
      AtomicIntegerFieldUpdater.newUpdater(VarHandles.class, "updated");

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(VarHandles.class, "count", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int count;
  private volatile int updated;

  private VarHandles() {}

  @Sound("VarHandle.getAndAdd: atomically")
  static void adds(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    Crew.run(fork, 2, () -> COUNT.getAndAdd(shared, 1));
    Crew.expectEqual(2, shared.count);
  }

  @Broken(Wrong.class)
  static void getsThenSets(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    Crew.run(fork, 2, () -> COUNT.setVolatile(shared, (int) COUNT.getVolatile(shared) + 1));
    Crew.expectEqual(2, shared.count);
  }

  @Sound("compareAndSet is tried again")
  static void triesAgain(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    Crew.run(
        fork,
        2,
        () -> {
          int seen;
          do {
            seen = (int) COUNT.getAcquire(shared);
          } while (!COUNT.compareAndSet(shared, seen, seen + 1));
        });
    Crew.expectEqual(2, shared.count);
  }

  @Broken(Wrong.class)
  static void incrementsAVolatileField(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    Crew.run(fork, 2, () -> shared.count++);
    Crew.expectEqual(2, shared.count);
  }

  @Sound("AtomicIntegerFieldUpdater.incrementAndGet: atomically")
  static void updaterIncrements(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    Crew.run(fork, 2, () -> UPDATER.incrementAndGet(shared));
    Crew.expectEqual(2, shared.updated);
  }

  @Broken(Wrong.class)
  static void updaterGetsThenSets(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    Crew.run(fork, 2, () -> UPDATER.set(shared, UPDATER.get(shared) + 1));
    Crew.expectEqual(2, shared.updated);
  }

  @Broken(Wrong.class)
  static void updaterBesideAPlainWrite(Fork fork) throws InterruptedException {
    VarHandles shared = new VarHandles();
    Task increment = () -> UPDATER.incrementAndGet(shared);
    Crew.run(fork, increment, () -> shared.updated = shared.updated + 1);
    Crew.expectEqual(2, shared.updated);
  }
}
