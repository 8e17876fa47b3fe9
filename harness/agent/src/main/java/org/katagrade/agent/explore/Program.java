package org.katagrade.agent.explore;

/**
 * What is run again and again under different schedules. Each run begins anew and leaves nothing to
 * the next: whatever its threads share is made in it.
 */
@FunctionalInterface
public interface Program {

  /** Runs it once, in the main thread of the run. */
  void run() throws Throwable;
}
