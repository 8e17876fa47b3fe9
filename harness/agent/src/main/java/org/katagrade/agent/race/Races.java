package org.katagrade.agent.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The races found, each pair of lines once. Safe for use by many threads. */
public final class Races {

  private record Pair(Object variable, int one, int other) {}

  private static final Set<Pair> SEEN = ConcurrentHashMap.newKeySet();
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
    Ear near = ear;
    if (near != null && near.isNear()) {
      if (Faults.first() == null) {
        near.hear(new Race(variable, side(current), side(previous)));
      }
      return;
    }
    if (Faults.first() == null && !SEEN.contains(pair)) {
      Pinned.run(() -> tell(pair, variable, previous, current));
    }
  }

  private static void tell(Pair pair, String variable, Access previous, Access current) {
    if (SEEN.add(pair)) {
      COUNT.incrementAndGet();
      listener.accept(new Race(variable, side(current), side(previous)));
    }
  }

  private static Race.Side side(Access access) {
    List<Site> stack = new ArrayList<>();
    stack.add(Site.of(access.site));
    for (int i = access.calls.length - 1; i >= 0; i--) {
      if (access.calls[i] != Site.NONE) {
        stack.add(Site.of(access.calls[i]));
      }
    }
    List<Race.Held> held = new ArrayList<>();
    for (@Nullable HeldLock lock = access.held; lock != null; lock = lock.before()) {
      held.add(new Race.Held(lock.type(), lock.number(), Site.of(lock.site()), lock.shared()));
    }
    return new Race.Side(access.write, access.when.thread().name(), stack, held);
  }
}
