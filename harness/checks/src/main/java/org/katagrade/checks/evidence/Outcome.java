package org.katagrade.checks.evidence;

/** How one check ended in its child. */
public sealed interface Outcome {

  /** The promise was kept. */
  record Passed() implements Outcome {}

  /** An assertion failed, or the submission threw what it should not. */
  record Failed(Failure failure) implements Outcome {}

  /** Nobody could go on. */
  record Stuck(Standstill standstill) implements Outcome {}

  /** Something was left behind. */
  record Left(Leak leak) implements Outcome {}

  /** A history that no sequential order explains. */
  record Unexplained(History history) implements Outcome {}

  /**
   * Operations of a controlled run never ended.
   *
   * @param running whether threads went on running and got nowhere, as opposed to waiting
   */
  record Hung(String summary, boolean running, History history) implements Outcome {}

  /** A controlled run had to be given up; it says nothing of the promise. */
  record Abandoned(String reason) implements Outcome {}

  /** The JVM could not go on: memory, stack. */
  record Exhausted(String cause, Failure failure) implements Outcome {}

  /** The harness failed before or beside the submission; never the student's fault. */
  record Faulty(String cause) implements Outcome {}
}
