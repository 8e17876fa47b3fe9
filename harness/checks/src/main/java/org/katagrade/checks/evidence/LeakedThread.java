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

  /** A thread of which its frames say whether it is pooled. */
  public static LeakedThread of(
      String name, boolean virtual, List<Frame> frames, List<Frame> startedAt) {
    return new LeakedThread(name, virtual, isPooled(frames), frames, startedAt);
  }

  /** The outermost frames tell; a pool's code is further in whenever a thread waits in the JDK. */
  private static boolean isPooled(List<Frame> frames) {
    return frames.stream()
        .map(Frame::type)
        .anyMatch(
            type ->
                type.equals("java.util.concurrent.ThreadPoolExecutor$Worker")
                    || type.equals("java.util.concurrent.ForkJoinWorkerThread"));
  }
}
