package org.katagrade.agent.explore;

import java.util.Map;

/** What a program that is being explored can ask of the explorer. */
public final class Control {

  private Control() {}

  /** Whether the calling thread is one of a run that is explored. */
  public static boolean isOn() {
    return Execution.me() != null;
  }

  private static Strand me() {
    Strand me = Execution.me();
    if (me == null) {
      throw new IllegalStateException("nothing is being explored");
    }
    return me;
  }

  /**
   * Waits until no other thread of the run could go on without time moving.
   *
   * @throws IllegalStateException if the calling thread is not of an explored run
   */
  public static void awaitQuiet() {
    Strand me = me();
    me.execution.await(me, Strand.State.QUIET, Strand.NEVER);
  }

  /** Whether somebody sleeps or waits with a time limit, so that letting time pass wakes them. */
  public static boolean canTimePass() {
    return me().execution.soonest() != Strand.NEVER;
  }

  /** Moves time to the next moment that somebody waits for, if there is one. */
  public static void letTimePass() {
    Execution execution = me().execution;
    long soonest = execution.soonest();
    if (soonest != Strand.NEVER) {
      execution.passTime(soonest);
    }
  }

  /** One of so many numbers from 0, chosen as the schedule is. */
  public static int choose(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("there is nothing to choose among " + count);
    }
    Strand me = me();
    return count == 1 ? 0 : me.execution.among(count);
  }

  /**
   * The threads of the run that have not ended, but for the calling one, in the order in which they
   * were started, and how each stands.
   */
  public static Map<Thread, Standing> threads() {
    Strand me = me();
    return me.execution.threads(me);
  }

  /** Nanoseconds since the run began, in its own time. */
  public static long nanos() {
    return me().execution.time().nanos();
  }

  /** Has the story of the run tell that something was thrown out of what the thread was to do. */
  public static void threw(Throwable thrown) {
    Strand me = me();
    Teller teller = me.execution.teller();
    if (teller != null && !(thrown instanceof Abort)) {
      teller.threw(me, thrown);
    }
  }

  /**
   * From here on time does not pass as long as the calling thread could go on: not even an hour is
   * over before it has done what it is about.
   */
  public static void holdTime() {
    me().holdsTime = true;
  }

  /**
   * Has a thread of the run stand still after so many steps more, whatever it holds, until it is
   * told to go on.
   */
  public static void stop(Thread thread, int steps) {
    me();
    Strand strand = Internals.strandOf(thread);
    if (strand != null) {
      strand.stopsIn = steps;
      strand.stopped = steps == 0;
    }
  }

  /** Lets a thread go on that stands still, or would have. */
  public static void goOn(Thread thread) {
    me();
    Strand strand = Internals.strandOf(thread);
    if (strand != null) {
      strand.stopsIn = 0;
      strand.stopped = false;
    }
  }

  /**
   * Ends the run as it stands: as a deadlock or a lost wake-up of those that wait, as if the
   * calling thread waited for them for ever. Does not return.
   */
  public static void giveUp() {
    Strand me = me();
    me.execution.giveUp(me);
  }
}
