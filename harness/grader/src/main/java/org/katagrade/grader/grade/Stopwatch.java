package org.katagrade.grader.grade;

/** Notes how long each stage of a grading took. Safe for use by many threads. */
final class Stopwatch {

  private final long start;
  private volatile long compile;
  private volatile long rules;
  private volatile long plain;
  private volatile long agent;
  private volatile long model;

  Stopwatch(long start) {
    this.start = start;
  }

  void compiled() {
    compile = millisSince(start);
  }

  void ruled(long since) {
    rules = millisSince(since);
  }

  void plainDone(long since) {
    plain = millisSince(since);
  }

  void agentDone(long since) {
    agent = millisSince(since);
  }

  synchronized void modelDone(long since) {
    model += millisSince(since);
  }

  Grade.Timing timing() {
    return new Grade.Timing(compile, rules, plain, agent, model, millisSince(start));
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
