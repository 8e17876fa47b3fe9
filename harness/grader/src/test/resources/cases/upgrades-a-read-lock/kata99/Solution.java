package kata99;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

public final class Solution implements Turnstile {

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
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
    lock.readLock().lock();
    try {
      lock.writeLock().lock();
      try {
        enter();
      } finally {
        lock.writeLock().unlock();
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void later(Runnable action) {
    new Thread(action).start();
  }
}
