package org.katagrade.grader.report;

import java.util.List;
import java.util.Optional;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.HeldLock;
import org.katagrade.checks.evidence.ThreadSnapshot;

/**
 * Finds where a thread took a lock of {@code java.util.concurrent}, which the JVM does not record.
 *
 * <p>It reads the source on the way to where the thread stands, and answers only if one call alone
 * can have taken the lock. It does not see a lock taken by a class in another file.
 */
final class LockSites {

  private final SourceLines lines;

  LockSites(SourceLines lines) {
    this.lines = lines;
  }

  Optional<Frame> takenAt(ThreadSnapshot thread, HeldLock held) {
    boolean only = thread.holds().stream().filter(other -> other.takenAt() == null).count() == 1;
    List<Frame> theirs = thread.frames().stream().filter(lines::has).toList();
    if (!only || held.takenAt() != null || theirs.isEmpty()) {
      return Optional.empty();
    }
    Frame innermost = theirs.getFirst();
    boolean oneFile = theirs.stream().map(lines::file).distinct().count() == 1;
    if (!oneFile) {
      return Optional.empty();
    }
    LockCalls calls = LockCalls.in(String.join("\n", lines.file(innermost)));
    return calls
        .stillHeldAt(theirs.stream().map(Frame::line).toList())
        .map(line -> new Frame(innermost.type(), innermost.method(), innermost.file(), line));
  }
}
