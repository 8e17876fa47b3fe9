package kata99;

public final class Solution {

  private final Object first = new Object();
  private final Object second = new Object();
  private int entered;
  private boolean open;

  public Solution() {}

  public synchronized int enter() {
    return ++entered;
  }

  public synchronized int entered() {
    return entered;
  }

  public synchronized void awaitOpen() throws InterruptedException {
    while (!open) {
      wait();
    }
  }

  public synchronized void open() {
    open = true;
    notifyAll();
  }

  public void service() {
    synchronized (first) {
      synchronized (second) {
        enter();
      }
    }
  }

  public void later(Runnable action) {
    new Thread(action).start();
  }
}
