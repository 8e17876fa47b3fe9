package org.katagrade.grader.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.HeldLock;
import org.katagrade.checks.evidence.Lock;
import org.katagrade.checks.evidence.ThreadSnapshot;
import org.katagrade.grader.kata.SourceFile;

class LockSitesTest {

  private static final HeldLock HELD =
      new HeldLock(new Lock("java.util.concurrent.locks.ReentrantLock", 1), null);

  @Test
  void theOnlyLockOnTheWayIsTheOne() {
    assertEquals(
        Optional.of(2),
        takenAt(
            """
            a.lock();
            try {
              b.lock(); // here
            } finally {
              a.unlock();
            }
            """));
  }

  @Test
  void aLockThatWasReleasedIsNotTheOne() {
    assertEquals(
        Optional.of(4),
        takenAt(
            """
            a.lock();
            a.unlock();
            b.lockInterruptibly();
            c.lock(); // here
            """));
  }

  @Test
  void theOtherBranchIsNotOnTheWay() {
    assertEquals(
        Optional.of(6),
        takenAt(
            """
            if (order) {
              a.lock();
              b.lock();
            } else {
              b.lock();
              a.lock(); // here
            }
            """));
  }

  @Test
  void twoLocksOnTheWayAreADoubt() {
    assertEquals(Optional.empty(), takenAt("a.lock();\nb.lock();\nc.lock(); // here\n"));
  }

  @Test
  void aLoopThatTakesLocksIsADoubt() {
    assertEquals(Optional.empty(), takenAt("while (more) {\n  next().lock(); // here\n}\n"));
  }

  @Test
  void severalStatementsOnOneLineAreADoubt() {
    assertEquals(Optional.empty(), takenAt("a.lock();\nf(); b.lock(); // here\n"));
  }

  @Test
  void aMethodThatReturnsWithALockIsADoubt() {
    String helper = "}\nvoid enter() {\n  a.lock();\n";
    assertEquals(Optional.empty(), takenAt("c.lock();\nb.lock(); // here\n" + helper));
    String balanced = "}\nvoid enter() {\n  a.lock();\n  a.unlock();\n";
    assertEquals(Optional.of(2), takenAt("c.lock();\nb.lock(); // here\n" + balanced));
  }

  @Test
  void aCallerMayHaveTakenIt() {
    assertEquals(
        Optional.of(2),
        takenAt(
            """
            a.lock();
            inner(); // here
            }
            void inner() {
            b.lock(); // here
            """));
  }

  @Test
  void twoUnknownLocksAreADoubt() {
    HeldLock other = new HeldLock(new Lock("java.util.concurrent.locks.ReentrantLock", 2), null);
    assertEquals(Optional.empty(), takenAt("a.lock();\nb.lock(); // here\n", HELD, other));
  }

  /** The line where a thread took its lock, if it stands at the lines that say "here". */
  private static Optional<Integer> takenAt(String body) {
    return takenAt(body, HELD);
  }

  private static Optional<Integer> takenAt(String body, HeldLock... holds) {
    String source = "class Solution { void run() {\n" + body + "}}\n";
    List<Frame> frames = new ArrayList<>();
    List<String> lines = source.lines().toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).endsWith("// here")) {
        frames.add(new Frame("Solution", "run", "Solution.java", i + 1));
      }
    }
    ThreadSnapshot thread =
        new ThreadSnapshot("t", false, Thread.State.WAITING, null, false, List.of(holds), frames);
    SourceLines sources =
        SourceLines.of(List.of(new SourceFile(Path.of("Solution.java"), "Solution.java", source)));
    return new LockSites(sources).takenAt(thread, HELD).map(Frame::line);
  }
}
