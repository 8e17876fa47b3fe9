package org.katagrade.agent.order;

import java.lang.invoke.VarHandle;
import org.katagrade.agent.race.ThreadState;

/**
 * The fences of {@link VarHandle}, "compatible with" those of C: what comes before a releasing
 * fence is passed on by the writes after it, and what is passed on by the reads before an acquiring
 * fence happens before what comes after it.
 */
public final class Fences {

  private Fences() {}

  @Instead(of = VarHandle.class)
  public static void releaseFence() {
    ThreadState.current().fenceWrites();
    VarHandle.releaseFence();
  }

  @Instead(of = VarHandle.class)
  public static void storeStoreFence() {
    ThreadState.current().fenceWrites();
    VarHandle.storeStoreFence();
  }

  @Instead(of = VarHandle.class)
  public static void acquireFence() {
    VarHandle.acquireFence();
    ThreadState.current().fenceReads();
  }

  @Instead(of = VarHandle.class)
  public static void loadLoadFence() {
    VarHandle.loadLoadFence();
    ThreadState.current().fenceReads();
  }

  @Instead(of = VarHandle.class)
  public static void fullFence() {
    ThreadState thread = ThreadState.current();
    thread.fenceWrites();
    VarHandle.fullFence();
    thread.fenceReads();
  }
}
