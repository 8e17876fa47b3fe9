package kata99;

import java.util.concurrent.locks.StampedLock;

public final class Solution implements Turnstile {

  private final StampedLock lock = new StampedLock();
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
    long outer = lock.writeLock();
    try {
      long inner = lock.readLock();
      enter();
      lock.unlockRead(inner);
    } finally {
      lock.unlockWrite(outer);
    }
  }

  @Override
  public void later(Runnable action) {
    new Thread(action).start();
  }
}
