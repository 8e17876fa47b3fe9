package org.katagrade.agent.race;

import java.util.List;

/**
 * Two accesses to one variable, at least one of them a write, that nothing orders (JLS 17.4.5).
 *
 * @param variable what it is: {@code Counter.value}, {@code int[3], element 2}, {@code
 *     java.util.HashMap}
 * @param current the access that found it
 * @param previous the one before
 */
public record Race(String variable, Side current, Side previous) {

  /**
   * One of the two.
   *
   * @param write whether it writes
   * @param thread the thread's name
   * @param stack where, innermost first; only code that is woven
   * @param held the locks the thread held, the last one taken first
   */
  public record Side(boolean write, String thread, List<Site> stack, List<Held> held) {

    /** Copies the lists. */
    public Side {
      stack = List.copyOf(stack);
      held = List.copyOf(held);
    }
  }

  /**
   * A lock that one side held.
   *
   * @param type its class
   * @param number tells it from others of its class
   * @param site where it was taken
   * @param shared whether in a mode that others may have at the same time
   */
  public record Held(String type, int number, Site site, boolean shared) {}
}
