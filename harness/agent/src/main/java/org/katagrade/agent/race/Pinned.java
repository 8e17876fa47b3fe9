package org.katagrade.agent.race;

import java.util.function.Supplier;
import jdk.internal.vm.Continuation;

/**
 * Keeps a virtual thread on its carrier while it does something short that may wait for a monitor.
 * If it left the carrier, it would queue behind those that spin and yield, which go on before any
 * that come from outside: the program could wait for ever because it is being watched.
 */
public final class Pinned {

  private Pinned() {}

  /** What the action returns. */
  public static <T> T get(Supplier<? extends T> action) {
    if (!Thread.currentThread().isVirtual()) {
      return action.get();
    }
    Continuation.pin();
    try {
      return action.get();
    } finally {
      Continuation.unpin();
    }
  }
}
