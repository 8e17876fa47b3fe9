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
    return LeakedThread.of(
        thread.getName(), false, frames, starts == null ? List.of() : starts.of(thread.getName()));
  }

  static LeakedThread virtual(ThreadSnapshot thread, @Nullable ThreadStarts starts) {
    return LeakedThread.of(
        thread.name(),
        true,
        thread.frames(),
        starts == null ? List.of() : starts.of(thread.name()));
  }
}
