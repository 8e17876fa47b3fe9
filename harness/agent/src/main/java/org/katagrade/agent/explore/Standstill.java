package org.katagrade.agent.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The threads of a run that is over: what they hold, and what they wait for from whom. */
final class Standstill {

  private final List<Strand> all;
  private final Names names;

  /**
   * A standstill.
   *
   * @param all those that ever were started in the run
   */
  Standstill(Strand[] all, int count, Names names) {
    this.all = List.of(Arrays.copyOf(all, count));
    this.names = names;
  }

  /** Nobody can go on. */
  Ending ending() {
    nameLocks();
    Set<Strand> stuck = inCircles();
    if (!stuck.isEmpty()) {
      return new Ending.Deadlock(standings(stuck));
    }
    return all.getFirst().state == Strand.State.ENDED
        ? new Ending.Leaked(standings(Set.of()))
        : new Ending.LostWakeup(standings(Set.of()));
  }

  /** Somebody could always go on. */
  List<Standing> standings() {
    nameLocks();
    return standings(Set.of());
  }

  /** Those that have not ended, but for this one. */
  Map<Thread, Standing> others(Strand than) {
    nameLocks();
    Map<Thread, Standing> others = new LinkedHashMap<>();
    for (Strand strand : all) {
      if (strand != than && strand.state != Strand.State.ENDED) {
        others.put(strand.thread, standing(strand));
      }
    }
    return others;
  }

  /** So that who waits for the inner part of a lock is said to wait for the lock. */
  private void nameLocks() {
    for (Strand strand : all) {
      for (int i = 0; i < strand.held.count(); i++) {
        names.of(strand.held.lock(i));
      }
    }
  }

  /** Those that wait for each other, or for a lock that somebody took along. */
  private Set<Strand> inCircles() {
    Set<Strand> stuck = new HashSet<>();
    for (Strand strand : all) {
      Set<Strand> reached = new HashSet<>();
      reach(strand, reached);
      if (reached.contains(strand)
          || holders(strand).stream().anyMatch(holder -> holder.state == Strand.State.ENDED)) {
        stuck.add(strand);
        holders(strand).forEach(stuck::add);
      }
    }
    return stuck;
  }

  private void reach(Strand from, Set<Strand> reached) {
    for (Strand holder : holders(from)) {
      if (reached.add(holder)) {
        reach(holder, reached);
      }
    }
  }

  /** Who has to do something before this one can go on, if that is known. */
  private List<Strand> holders(Strand strand) {
    return switch (strand.state) {
      case MONITOR ->
          strand.on == null || strand.on.owner == null ? List.of() : List.of(strand.on.owner);
      case JOINING -> strand.joined == null ? List.of() : List.of(strand.joined);
      case PARKED -> lockHolders(LockSupport.getBlocker(strand.thread));
      case READY, WAITING, SLEEPING, QUIET, ENDED -> List.of();
    };
  }

  private List<Strand> lockHolders(@Nullable Object blocker) {
    if (blocker == null || Synchronizers.wayToWait(blocker) != Standing.How.LOCK) {
      return List.of();
    }
    Thread owner = Synchronizers.ownerOf(blocker);
    if (owner != null) {
      Strand strand = Internals.strandOf(owner);
      return strand == null ? List.of() : List.of(strand);
    }
    List<Strand> holders = new ArrayList<>();
    for (Strand strand : all) {
      for (int i = 0; i < strand.held.count(); i++) {
        if (Synchronizers.whole(strand.held.lock(i)) == blocker && !holders.contains(strand)) {
          holders.add(strand);
        }
      }
    }
    return holders;
  }

  /** Those that have not ended, and these; but no idle workers if there are others. */
  private List<Standing> standings(Set<Strand> stuck) {
    List<Standing> standings = new ArrayList<>();
    List<Standing> idle = new ArrayList<>();
    for (Strand strand : all) {
      if (strand.state != Strand.State.ENDED || stuck.contains(strand)) {
        Standing standing = standing(strand);
        boolean works =
            strand.number == 0
                || stuck.contains(strand)
                || standing.stack().stream()
                    .anyMatch(frame -> Traces.isOfProgram(frame.getClassName()));
        (works ? standings : idle).add(standing);
      }
    }
    return standings.isEmpty() ? idle : standings;
  }

  private Standing standing(Strand strand) {
    List<Standing.Held> holds = new ArrayList<>();
    for (int i = 0; i < strand.held.count(); i++) {
      Object lock = strand.held.lock(i);
      Thread owner = Synchronizers.ownerOf(Synchronizers.whole(lock));
      // A condition's wait gives its lock back without a word.
      boolean holdsIt = owner == null ? !isExclusive(lock) : owner == strand.thread;
      if (holdsIt) {
        holds.add(new Standing.Held(names.of(lock), strand.held.place(i)));
      }
    }
    StackTraceElement[] stack =
        strand.state == Strand.State.ENDED ? new StackTraceElement[0] : strand.getStackTrace();
    return new Standing(
        Teller.nameOf(strand),
        strand.thread.isVirtual(),
        holds,
        wanted(strand),
        Traces.clean(stack),
        strand.startedAt);
  }

  private static boolean isExclusive(Object lock) {
    return lock instanceof java.util.concurrent.locks.ReentrantLock
        || lock instanceof java.util.concurrent.locks.ReentrantReadWriteLock.WriteLock;
  }

  private Standing.@Nullable Wanted wanted(Strand strand) {
    boolean timed = strand.wake != Strand.NEVER;
    Target on = strand.on;
    LockName monitor = on == null || on.object == null ? null : names.of(on.object);
    List<Strand> holders = holders(strand);
    String holder = holders.isEmpty() ? null : Teller.nameOf(holders.getFirst());
    return switch (strand.state) {
      case READY, ENDED -> null;
      case MONITOR -> new Standing.Wanted(Standing.How.MONITOR, monitor, holder, timed);
      case WAITING -> new Standing.Wanted(Standing.How.NOTIFICATION, monitor, null, timed);
      case PARKED -> {
        Object blocker = LockSupport.getBlocker(strand.thread);
        yield new Standing.Wanted(
            Synchronizers.wayToWait(blocker),
            blocker == null ? null : names.ofBlocker(blocker, strand.getStackTrace()),
            holder,
            timed);
      }
      case JOINING -> new Standing.Wanted(Standing.How.JOIN, null, holder, timed);
      case SLEEPING -> new Standing.Wanted(Standing.How.SLEEP, null, null, timed);
      case QUIET -> new Standing.Wanted(Standing.How.PARKED, null, null, timed);
    };
  }
}
