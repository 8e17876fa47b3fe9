package kata14;

import java.util.concurrent.Callable;
import org.katagrade.checks.Gate;

/** The moment inside an operation at which one thread stands still: its n-th use of some key. */
final class Stop implements AutoCloseable {

  private static final ThreadLocal<Stop> OF_THIS_THREAD = new ThreadLocal<>();

  private final int at;
  private final Gate gate;
  private int uses;
  private volatile boolean inside;

  Stop(int at, String operation) {
    this.at = at;
    this.gate = Gate.at("use number %d of a key in %s".formatted(at, operation));
  }

  /** Called wherever a thread can be stopped. */
  static void point() {
    Stop stop = OF_THIS_THREAD.get();
    if (stop != null && ++stop.uses == stop.at) {
      stop.inside = true;
      stop.gate.pass();
    }
  }

  /** Does an operation in this thread, which stands still at this moment, or else at the end. */
  <T> T during(Callable<T> operation) throws Exception {
    OF_THIS_THREAD.set(this);
    try {
      return operation.call();
    } finally {
      OF_THIS_THREAD.remove();
      gate.pass();
    }
  }

  /** Waits until the thread stands still; returns whether it does so inside the operation. */
  boolean isReached() throws InterruptedException {
    gate.awaitArrivals(1);
    return inside;
  }

  /** Lets the thread go on. */
  void release() {
    gate.open();
  }

  @Override
  public void close() {
    release();
  }
}
