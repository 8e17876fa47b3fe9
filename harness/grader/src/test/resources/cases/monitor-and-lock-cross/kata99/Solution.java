package kata99;

import java.util.concurrent.locks.ReentrantLock;

/** One holds the lock and wants the monitor, the other holds the monitor and wants the lock. */
public final class Solution implements Turnstile {

  private final ReentrantLock lock = new ReentrantLock();
  private final Object monitor = new Object();
  private int entered;
  private boolean open;

  public Solution() {}

  @Override
  public int enter() {
    lock.lock();
    try {
      synchronized (monitor) {
        return ++entered;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int entered() {
    synchronized (monitor) {
      lock.lock();
      try {
        return entered;
      } finally {
        lock.unlock();
      }
    }
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
    enter();
  }

  @Override
  public void later(Runnable action) {
    new Thread(action).start();
  }
}
