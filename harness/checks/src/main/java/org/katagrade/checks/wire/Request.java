package org.katagrade.checks.wire;

/** What the grader may ask a child that runs a job, one byte each on its standard input. */
public enum Request {
  /** Send a {@link Event.Dumped}. */
  DUMP
}
