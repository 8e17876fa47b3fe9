package org.katagrade.grader.rules;

import java.util.List;
import org.katagrade.checks.evidence.Frame;

/** A way to write code that can be recognised in bytecode. */
@FunctionalInterface
interface Pattern {

  /** Everywhere it occurs, in no particular order. */
  List<Frame> places(Submission submission);
}
