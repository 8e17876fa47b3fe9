package org.katagrade.agent.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The races found, each pair of lines once. Safe for use by many threads. */
public final class Races {

  private record Pair(Object variable, int one, int other) {}

  /** A race that is none if the thread throws away what it has read. */
  private record HeldBack(ThreadState reader, Object lock, Pair pair, Race race) {

    boolean isOf(ThreadState thread, Object glimpsed, Pair lines) {
      return reader == thread && lock == glimpsed && pair.equals(lines);
    }
  }

  private static final Set<Pair> SEEN = ConcurrentHashMap.newKeySet();
  private static final List<HeldBack> HELD_BACK = new ArrayList<>();
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static volatile Consumer<Race> listener = race -> {};

  private static volatile @Nullable Ear ear;

  private Races() {}

  /** Hears of the races of some threads, each time, in place of everybody else. */
  public interface Ear {

    /** Whether the calling thread is one of these. */
    boolean isNear();

    /** The calling thread has found a race. */
    void hear(Race race);
  }

  /** From now on this one hears of the races of its threads. */
  public static void tell(Ear to) {
    ear = to;
  }

  /** Who is told of each race, in the thread that found it. */
  public static void listen(Consumer<Race> to) {
    listener = to;
  }

  /** Forgets what was found, so that the same pair of lines is told of again. */
  public static void forget() {
    SEEN.clear();
    takeBack(each -> true);
  }

  /** Forgets the races of reads whose results this thread throws away. */
  static void forget(ThreadState reader, Object lock) {
    takeBack(each -> each.reader == reader && each.lock == lock);
  }

  /** Those held back of which this is true; they are no longer. */
  private static List<HeldBack> takeBack(Predicate<HeldBack> which) {
    List<HeldBack> taken = new ArrayList<>();
    Pinned.run(
        () -> {
          synchronized (HELD_BACK) {
            HELD_BACK.removeIf(each -> which.test(each) && taken.add(each));
          }
        });
    return taken;
  }

  /** Tells of the races that were held back in case something is thrown away, which it was not. */
  public static void settle() {
    takeBack(each -> true).forEach(each -> tell(each.pair, each.race));
  }

  /** As {@link #settle()} for the calling thread, which has come to its end. */
  public static void settleMine() {
    ThreadState me = ThreadState.current();
    if (me.glimpse() != null) {
      takeBack(each -> each.reader == me).forEach(each -> hear(each.pair, each.race));
    }
  }

  /** How many were told of. */
  public static int count() {
    return COUNT.get();
  }

  /**
   * Tells of a race.
   *
   * @param kind the same for variables whose races at the same lines are one to a reader, as the
   *     elements of an array
   */
  static void found(Object kind, String variable, Access previous, Access current) {
    Pair pair =
        new Pair(
            kind, Math.min(previous.site, current.site), Math.max(previous.site, current.site));
    if (current.when.thread().isNobody() || previous.when.thread().isNobody()) {
      return;
    }
    if (!isNear() && SEEN.contains(pair)) {
      return;
    }
    ThreadState thread = current.when.thread();
    HeldLock glimpse = thread.glimpse();
    if (glimpse == null || current.write || !HeldLock.exclude(previous.held, glimpse.alone())) {
      hear(pair, race(variable, previous, current, current.held));
    } else if (!isHeldBack(thread, glimpse.identity(), pair)) {
      Race race = race(variable, previous, current, thread.heldForCertain());
      holdBack(new HeldBack(thread, glimpse.identity(), pair, race));
    }
  }

  private static void holdBack(HeldBack read) {
    Pinned.run(
        () -> {
          synchronized (HELD_BACK) {
            HELD_BACK.add(read);
          }
        });
  }

  /** Whether it is held back already: the thread, which is the calling one, may read again. */
  private static boolean isHeldBack(ThreadState reader, Object lock, Pair pair) {
    return Pinned.get(
        () -> {
          synchronized (HELD_BACK) {
            return HELD_BACK.stream().anyMatch(each -> each.isOf(reader, lock, pair));
          }
        });
  }

  private static boolean isNear() {
    Ear near = ear;
    return near != null && near.isNear();
  }

  private static void hear(Pair pair, Race race) {
    if (Faults.first() != null) {
      return;
    }
    Ear near = ear;
    if (near != null && near.isNear()) {
      near.hear(race);
    } else {
      Pinned.run(() -> tell(pair, race));
    }
  }

  private static void tell(Pair pair, Race race) {
    if (SEEN.add(pair)) {
      COUNT.incrementAndGet();
      listener.accept(race);
    }
  }

  private static Race race(
      String variable, Access previous, Access current, @Nullable HeldLock held) {
    return new Race(variable, side(current, held), side(previous, previous.held));
  }

  private static Race.Side side(Access access, @Nullable HeldLock locks) {
    List<Site> stack = new ArrayList<>();
    stack.add(Site.of(access.site));
    for (int i = access.calls.length - 1; i >= 0; i--) {
      if (access.calls[i] != Site.NONE) {
        stack.add(Site.of(access.calls[i]));
      }
    }
    List<Race.Held> held = new ArrayList<>();
    for (@Nullable HeldLock lock = locks; lock != null; lock = lock.before()) {
      held.add(new Race.Held(lock.type(), lock.number(), Site.of(lock.site()), lock.shared()));
    }
    return new Race.Side(access.write, access.when.thread().name(), stack, held);
  }
}
