package org.katagrade.checks.evidence;

import java.util.List;

/**
 * A thread that outlived the program it worked for.
 *
 * @param frames where it was when it was found, innermost first
 * @param startedAt the stack that started it, innermost first; empty where nobody recorded it
 * @param pooled whether it is the worker of an executor that was not shut down
 */
public record LeakedThread(
    String name, boolean virtual, boolean pooled, List<Frame> frames, List<Frame> startedAt) {

  public LeakedThread {
    frames = List.copyOf(frames);
    startedAt = List.copyOf(startedAt);
  }
}
