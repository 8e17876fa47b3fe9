package kata99;

import java.util.concurrent.locks.ReentrantLock;

/** Lincheck calls what happens here a livelock, since it looks into the locks. */
public final class Solution implements Turnstile {

  private final ReentrantLock first = new ReentrantLock();
  private final ReentrantLock second = new ReentrantLock();
  private int entered;
  private boolean open;

  public Solution() {}

  @Override
  public int enter() {
    first.lock();
    second.lock();
    try {
      return ++entered;
    } finally {
      second.unlock();
      first.unlock();
    }
  }

  @Override
  public int entered() {
    second.lock();
    first.lock();
    try {
      return entered;
    } finally {
      first.unlock();
      second.unlock();
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
