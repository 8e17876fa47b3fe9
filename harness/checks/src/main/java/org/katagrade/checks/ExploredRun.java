package org.katagrade.checks;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.standstill.Waits;

/**
 * One run of a check that is explored. Nothing is looked at again and again: who waits here waits
 * until it is told, and the explorer knows when nobody can go on.
 *
 * <p>A deadlock or a lost wake-up the explorer sees by itself. Only where the check has something
 * else to say, because it holds threads, or because something failed, a thread of the run watches
 * for the moment at which nobody can go on.
 */
final class ExploredRun implements Surroundings {

  private static final String WATCH = "check-watch";

  /** More than a few short operations have. */
  private static final int MOST_STEPS_BEFORE_A_STOP = 32;

  private static volatile @Nullable ExploredRun latest;

  private final Steering steering;
  private final Quiet quiet;
  private final Scene scene = new Scene();
  private final CopyOnWriteArrayList<Held> held = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Waiter> waiters = new CopyOnWriteArrayList<>();
  private boolean watched;

  private ExploredRun(Steering steering) {
    this.steering = steering;
    this.quiet = new Quiet(steering);
  }

  /** A thread that the check holds, and where. */
  private record Held(Thread thread, String place) {}

  /** A thread that waits for something of the check's. */
  private static final class Waiter {
    private final Thread thread = Thread.currentThread();
    private final Awaited awaited;
    private volatile boolean inVain;

    private Waiter(Awaited awaited) {
      this.awaited = awaited;
    }
  }

  /**
   * Begins a run; called by its main thread before anything of the check's is done. No time passes
   * while that thread could go on: what is to wait for an hour still waits when the check looks.
   */
  static void begin(Steering steering) {
    latest = new ExploredRun(steering);
    steering.holdTime();
  }

  /** The run begun last, which the calling thread need not belong to; null if there was none. */
  static @Nullable ExploredRun latest() {
    return latest;
  }

  /** Whether the calling thread belongs to it. */
  boolean isOn() {
    return steering.isOn();
  }

  @Override
  public boolean isExplored() {
    return true;
  }

  @Override
  public Scene scene() {
    return scene;
  }

  @Override
  public CountDownLatch startLine() {
    return new CountDownLatch(0); // who starts is chosen anyhow
  }

  @Override
  public @Nullable Impasse await(Awaited awaited) throws InterruptedException {
    Waiter waiter = new Waiter(awaited);
    waiters.add(waiter);
    try {
      while (!awaited.hasCome()) {
        if (waiter.inVain) {
          return new InVain();
        }
        if (awaited.isToBeToldOf()) {
          watch();
        }
        LockSupport.park(this);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      return null;
    } finally {
      waiters.remove(waiter);
    }
  }

  @Override
  public @Nullable Impasse awaitState(BooleanSupplier state) {
    while (!state.getAsBoolean()) {
      quiet.await();
      if (!state.getAsBoolean() && !goOn()) {
        return new InVain();
      }
    }
    return null;
  }

  @Override
  public void settle(List<? extends Participant<?>> watched, BooleanSupplier enough) {
    quiet.await();
  }

  @Override
  public void changed() {
    for (Waiter waiter : waiters) {
      if (waiter.awaited.hasCome() || waiter.awaited.isToBeToldOf()) {
        LockSupport.unpark(waiter.thread);
      }
    }
  }

  @Override
  public void threw(Throwable thrown) {
    steering.threw(thrown);
  }

  @Override
  public Waits.Ended hold(String place) {
    Held here = new Held(Thread.currentThread(), place);
    held.add(here);
    watch();
    return () -> held.remove(here);
  }

  @Override
  public Waits.Ended stop(Thread thread) {
    int steps = choose(MOST_STEPS_BEFORE_A_STOP);
    steering.stop(thread, steps);
    Held there = new Held(thread, "a step that the schedule chose");
    held.add(there);
    watch();
    quiet.await();
    return () -> {
      held.remove(there);
      steering.goOn(thread);
    };
  }

  @Override
  public long nanos() {
    return steering.nanos();
  }

  @Override
  public void sleep(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanos);
  }

  @Override
  public int choose(int count) {
    return count == 1 ? 0 : steering.choose(count);
  }

  @Override
  public ThreadWatch watchThreads() {
    return new ExploredThreadWatch(this);
  }

  Steering steering() {
    return steering;
  }

  Quiet quiet() {
    return quiet;
  }

  /** The threads of the run but for the calling one and the watch. */
  List<Steering.Left> threads() {
    return steering.threads().stream()
        .filter(left -> !left.thread().getName().equals(WATCH))
        .toList();
  }

  /** Sees to it that somebody watches for the moment at which nobody can go on. */
  private synchronized void watch() {
    if (!watched) {
      watched = true;
      Thread.ofPlatform().daemon().name(WATCH).start(this::watchOn);
    }
  }

  private void watchOn() {
    try {
      do {
        quiet.awaitPatiently();
      } while (hasReasonToWatch() && (goOn() || tell()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody but the submission could
    }
  }

  private synchronized boolean hasReasonToWatch() {
    watched = !held.isEmpty() || waiters.stream().anyMatch(waiter -> waiter.awaited.isToBeToldOf());
    return watched;
  }

  /** Lets somebody go on although nobody could; returns whether there was a way. */
  private boolean goOn() {
    if (steering.canTimePass()) {
      steering.letTimePass();
      return true;
    }
    return scene.giveUpMeetings();
  }

  /** Tells who waits that it is in vain; where nobody of the check's does, this is the failure. */
  private boolean tell() {
    if (waiters.isEmpty()) {
      throw new InVain()
          .error("expected every call of the check to return, but nobody could go on");
    }
    for (Waiter waiter : waiters) {
      waiter.inVain = true;
      LockSupport.unpark(waiter.thread);
    }
    return true;
  }

  /** Nobody can go on in this run. */
  private final class InVain implements Impasse {

    private final String because =
        held.stream()
            .map(each -> "'%s' is held at %s".formatted(each.thread().getName(), each.place()))
            .collect(Collectors.joining("; "));

    @Override
    public AssertionError error(String expected) {
      if (because.isEmpty()) {
        steering.giveUp();
      }
      return new AssertionError(expected + because());
    }

    @Override
    public String because() {
      return because.isEmpty() ? "" : ": " + because;
    }
  }
}
