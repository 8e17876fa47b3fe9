package org.katagrade.checks.evidence;

import java.util.List;

/**
 * Two accesses to one variable, at least one of them a write, that nothing orders.
 *
 * @param variable what it is: {@code Counter.value}, {@code int[3], element 2}
 * @param current the access that was told of
 * @param previous the one it races with
 */
public record DataRace(String variable, Access current, Access previous) {

  /**
   * One of the two.
   *
   * @param write whether it writes
   * @param thread the name of its thread
   * @param frames where, innermost first
   * @param held the locks its thread held
   */
  public record Access(boolean write, String thread, List<Frame> frames, List<HeldLock> held) {
    public Access {
      frames = List.copyOf(frames);
      held = List.copyOf(held);
    }
  }
}
