package org.katagrade.checks;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.LeakedThread;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.checks.standstill.ThreadStarts;

/** Describes threads that were left behind. */
final class LeakedThreads {

  private LeakedThreads() {}

  static LeakedThread platform(Thread thread, @Nullable ThreadStarts starts) {
    List<Frame> frames = Arrays.stream(thread.getStackTrace()).map(Frame::of).toList();
    return new LeakedThread(
        thread.getName(),
        false,
        isPooled(frames),
        frames,
        starts == null ? List.of() : starts.of(thread.getName()));
  }

  static LeakedThread virtual(ThreadSnapshot thread, @Nullable ThreadStarts starts) {
    return new LeakedThread(
        thread.name(),
        true,
        isPooled(thread.frames()),
        thread.frames(),
        starts == null ? List.of() : starts.of(thread.name()));
  }

  /** A thread of an explored run. */
  static LeakedThread standing(String name, boolean virtual, List<Frame> frames) {
    return new LeakedThread(name, virtual, isPooled(frames), frames, List.of());
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
