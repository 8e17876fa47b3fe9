package kata99;

public final class Solution implements Turnstile {
  private final StackTraceElement[] callers = new Throwable().getStackTrace();

  private final Object first = new Object();
  private final Object second = new Object();
  private int entered;
  private boolean open;

  public Solution() {}

  @Override
  public synchronized int enter() {
    return ++entered;
  }

  @Override
  public synchronized int entered() {
    return entered;
  }

  @Override
  public synchronized void awaitOpen() throws InterruptedException {
    while (!open) {
      wait();
    }
  }

  @Override
  public synchronized void open() {
    open = true;
    notifyAll();
  }

  @Override
  public void service() {
    synchronized (first) {
      synchronized (second) {
        enter();
      }
    }
  }

  @Override
  public void later(Runnable action) {
    new Thread(action).start();
  }
}
