package org.katagrade.checks.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thread at one moment.
 *
 * @param waiting what it waits for, or null if it does not wait
 * @param timed whether its wait ends by itself after some time
 * @param holds the locks it holds
 * @param frames its stack, innermost first
 */
public record ThreadSnapshot(
    String name,
    boolean virtual,
    Thread.State state,
    @Nullable Waiting waiting,
    boolean timed,
    List<HeldLock> holds,
    List<Frame> frames) {

  public ThreadSnapshot {
    holds = List.copyOf(holds);
    frames = List.copyOf(frames);
  }
}
