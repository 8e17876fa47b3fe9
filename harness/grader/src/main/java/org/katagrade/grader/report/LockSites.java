package org.katagrade.grader.report;

import java.util.Optional;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.HeldLock;
import org.katagrade.checks.evidence.ThreadSnapshot;

final class LockSites {
  LockSites(SourceLines lines) {}

  Optional<Frame> takenAt(ThreadSnapshot thread, HeldLock held) {
    return Optional.empty();
  }
}
