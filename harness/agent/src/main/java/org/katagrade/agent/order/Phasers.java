package org.katagrade.agent.order;

import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.katagrade.agent.race.SyncVar;
import org.katagrade.agent.race.ThreadState;

/**
 * {@link Phaser}: "Actions prior to any form of arrive method happen-before a corresponding phase
 * advance and onAdvance actions (if present), which in turn happen-before actions following the
 * phase advance." Whoever is told the number of a phase comes after the advance to it.
 *
 * <p>The phasers of a tree advance together, so this goes by the root. Phases take turns at two
 * places: nobody arrives at the next but one before all have arrived at the next.
 */
public final class Phasers {

  private Phasers() {}

  private static SyncVar arrivals(Phaser phaser, int phase) {
    return Order.of(phaser.getRoot(), phase & 1);
  }

  /** An arrival, which makes the calling thread come after all phases before; returns the phase. */
  private static int arrives(Phaser phaser) {
    int phase = phaser.getPhase();
    if (phase >= 0) {
      ThreadState thread = ThreadState.current();
      SyncVar mine = arrivals(phaser, phase);
      arrivals(phaser, phase - 1).acquire(thread);
      mine.release(thread);
    }
    return phase;
  }

  /** The thread was told that this is the phase now; a negative one tells of the end. */
  private static int told(Phaser phaser, int phase) {
    ThreadState thread = ThreadState.current();
    arrivals(phaser, phase - 1).acquire(thread);
    if (phase < 0) {
      arrivals(phaser, phase).acquire(thread);
    }
    return phase;
  }

  /** {@code onAdvance} begins. */
  static void advances(Phaser phaser, ThreadState thread) {
    arrivals(phaser, phaser.getPhase()).acquire(thread);
  }

  /** {@code onAdvance} has ended. */
  static void advanced(Phaser phaser, ThreadState thread) {
    arrivals(phaser, phaser.getPhase()).release(thread);
  }

  public static int register(Phaser phaser) {
    return told(phaser, phaser.register());
  }

  public static int bulkRegister(Phaser phaser, int parties) {
    return told(phaser, phaser.bulkRegister(parties));
  }

  public static int getPhase(Phaser phaser) {
    return told(phaser, phaser.getPhase());
  }

  public static boolean isTerminated(Phaser phaser) {
    boolean terminated = phaser.isTerminated();
    if (terminated) {
      told(phaser, -1);
    }
    return terminated;
  }

  public static int arrive(Phaser phaser) {
    arrives(phaser);
    return phaser.arrive();
  }

  public static int arriveAndDeregister(Phaser phaser) {
    arrives(phaser);
    return phaser.arriveAndDeregister();
  }

  public static int arriveAndAwaitAdvance(Phaser phaser) {
    int phase = arrives(phaser);
    int next = phaser.arriveAndAwaitAdvance();
    told(phaser, phase + 1);
    return next;
  }

  public static int awaitAdvance(Phaser phaser, int phase) {
    int next = phaser.awaitAdvance(phase);
    return phase < 0 ? next : told(phaser, next);
  }

  public static int awaitAdvanceInterruptibly(Phaser phaser, int phase)
      throws InterruptedException {
    int next = phaser.awaitAdvanceInterruptibly(phase);
    return phase < 0 ? next : told(phaser, next);
  }

  public static int awaitAdvanceInterruptibly(Phaser phaser, int phase, long time, TimeUnit unit)
      throws InterruptedException, TimeoutException {
    int next = phaser.awaitAdvanceInterruptibly(phase, time, unit);
    return phase < 0 ? next : told(phaser, next);
  }
}
