package org.katagrade.checks;

/** Brings a failure home from the thread it happened in. */
public final class ParticipantFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String thread;

  ParticipantFailure(String thread, Throwable cause) {
    super("in thread '" + thread + "': " + cause, cause);
    this.thread = thread;
  }

  /** Name of the thread that failed. */
  public String thread() {
    return thread;
  }
}
