package kata99;

import java.util.concurrent.locks.ReentrantLock;

/** Each holds one lock and tries for ever to have the other. */
public final class Solution implements Turnstile {

  private final ReentrantLock first = new ReentrantLock();
  private final ReentrantLock second = new ReentrantLock();
  private int entered;
  private boolean open;

  public Solution() {}

  private static void both(ReentrantLock one, ReentrantLock other) {
    one.lock();
    while (!other.tryLock()) {
      Thread.onSpinWait();
    }
  }

  private void release() {
    first.unlock();
    second.unlock();
  }

  @Override
  public int enter() {
    both(first, second);
    try {
      return ++entered;
    } finally {
      release();
    }
  }

  @Override
  public int entered() {
    both(second, first);
    try {
      return entered;
    } finally {
      release();
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
