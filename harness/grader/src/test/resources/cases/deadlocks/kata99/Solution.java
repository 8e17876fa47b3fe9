package kata99;

import java.util.concurrent.CountDownLatch;

public final class Solution implements Turnstile {

  private final Object first = new Object();
  private final Object second = new Object();
  private final CountDownLatch arrived = new CountDownLatch(2);
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
    boolean odd = enter() % 2 == 1;
    synchronized (odd ? first : second) {
      arrived.countDown();
      try {
        arrived.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      synchronized (odd ? second : first) {
        enter();
      }
    }
  }

  @Override
  public void later(Runnable action) {
    new Thread(action).start();
  }
}
