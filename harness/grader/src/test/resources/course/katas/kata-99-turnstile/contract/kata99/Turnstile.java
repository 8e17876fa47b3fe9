package kata99;

/** Counts who enters and holds people until it is opened. {@code Solution} has no arguments. */
public interface Turnstile {

  /** Counts one and returns the count. */
  int enter();

  /** The count. */
  int entered();

  /** Waits until the turnstile is open. */
  void awaitOpen() throws InterruptedException;

  /** Opens the turnstile. */
  void open();

  /** Does something in which two locks take part. */
  void service();

  /** Runs this in a thread of its own, which ends with it. */
  void later(Runnable action);
}
