package org.katagrade.agent.explore;

import java.util.Arrays;
import java.util.List;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.jspecify.annotations.Nullable;

/**
 * A thread of an explored program, platform or virtual. It runs on a continuation of ours and not
 * on a thread of the operating system, nor on a virtual thread's own continuation.
 */
final class Strand extends Continuation {

  static final ContinuationScope SCOPE = new ContinuationScope("explored");

  /** No moment at which a wait ends by itself. */
  static final long NEVER = Long.MAX_VALUE;

  /** What a strand does, or waits for. */
  enum State {
    /** Could go on. */
    READY,
    /** Wants the monitor {@link #on}, and can go on whenever that is free. */
    MONITOR,
    /** In the wait set of the monitor {@link #on}. */
    WAITING,
    PARKED,
    SLEEPING,
    /** For the end of the strand {@link #joined}. */
    JOINING,
    /** Until nobody else could go on. */
    QUIET,
    ENDED
  }

  /** The strand that is being run knows itself, and a continuation must be told before. */
  private static final Runnable BODY =
      () -> {
        Strand strand = Execution.running;
        if (strand != null) {
          strand.execution.play(strand);
        }
      };

  final Execution execution;
  final Thread thread;

  /** The stack that started it; noted only where the run is told. */
  List<StackTraceElement> startedAt = List.of();

  /** From 0, in the order in which threads are started. */
  final int number;

  State state = State.READY;

  /** When the wait ends by itself, in the time of the run. */
  long wake = NEVER;

  /** Whether no time passes as long as it could go on. */
  boolean holdsTime;

  /** Whether time brought the last wait to its end. */
  boolean timedOut;

  /** Whether an interrupt brought the last wait for a notification to its end. */
  boolean interrupted;

  /** Whether it was interrupted by another and has not gone on since. */
  boolean tellsOfInterrupt;

  /** What {@link java.util.concurrent.locks.LockSupport#unpark} left for the next park. */
  boolean permit;

  @Nullable Target on;
  @Nullable Strand joined;

  /** As {@link Candidates#object}. */
  int object;

  /** As {@link Candidates#reads}. */
  boolean reads;

  /** As {@link Candidates#yields}. */
  boolean yields;

  /** So many steps in a row that only looked at something. */
  int looks;

  /** So many looks at the clock since it last did something else. */
  int glances;

  /** Above 0 where other threads must not go first, as in the initialisation of a class. */
  int masked;

  /** After so many steps it stands still; 0 if it need not. */
  int stopsIn;

  /** Whether it stands still where it is, though it could go on. */
  boolean stopped;

  /** The monitors that the JVM itself holds for it, innermost last. */
  private @Nullable Target[] real = new @Nullable Target[4];

  private int reals;

  final Held held = new Held();

  /** Why it could not leave the carrier, if it could not. */
  @Nullable Pinned pinned;

  Strand(Execution execution, Thread thread, int number) {
    super(SCOPE, BODY);
    this.execution = execution;
    this.thread = thread;
    this.number = number;
  }

  @Override
  protected void onPinned(Pinned reason) {
    pinned = reason;
  }

  boolean canGo() {
    if (stopped) {
      return false;
    }
    return switch (state) {
      case READY -> true;
      case MONITOR -> on == null || on.owner == null;
      case WAITING, PARKED, SLEEPING, JOINING, QUIET, ENDED -> false;
    };
  }

  void enterReal(Target monitor) {
    if (reals == real.length) {
      real = Arrays.copyOf(real, 2 * reals);
    }
    real[reals++] = monitor;
  }

  /** The monitor that it entered last; null if it entered none in this run. */
  @Nullable Target leaveReal() {
    if (reals == 0) {
      return null;
    }
    Target monitor = real[--reals];
    real[reals] = null;
    return monitor;
  }

  boolean holdsReal() {
    return reals > 0;
  }

  /** Its wait is over. */
  void wakeUp() {
    wake = NEVER;
    state = state == State.WAITING ? State.MONITOR : State.READY;
  }
}
