package org.katagrade.agent.race;

import java.util.function.Supplier;
import jdk.internal.vm.Continuation;

/**
 * Keeps a virtual thread on its carrier while it does something short that may wait for a lock. A
 * program that never leaves its carriers at some moment may count on that: if the detector left one
 * there, others could take it and spin for what this thread has begun, or yield to each other, who
 * go on before any that come from outside, and the program would wait for ever because it is being
 * watched.
 *
 * <p>Only for locks whose holders do not leave their carriers either, or those that wait for one
 * could have taken the last.
 */
public final class Pinned {

  private Pinned() {}

  /** What the action returns. */
  public static <T> T get(Supplier<? extends T> action) {
    boolean pinned = begin();
    try {
      return action.get();
    } finally {
      end(pinned);
    }
  }

  /** Runs the action. */
  public static void run(Runnable action) {
    boolean pinned = begin();
    try {
      action.run();
    } finally {
      end(pinned);
    }
  }

  /** From now on the calling thread stays on its carrier; what is returned is for {@link #end}. */
  static boolean begin() {
    if (!Thread.currentThread().isVirtual()) {
      return false;
    }
    Continuation.pin();
    return true;
  }

  /** It may leave again, if it was kept. */
  static void end(boolean pinned) {
    if (pinned) {
      Continuation.unpin();
    }
  }
}
