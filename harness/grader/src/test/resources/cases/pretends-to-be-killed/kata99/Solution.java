package kata99;

public final class Solution implements Turnstile {

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
    System.exit(137);
  }

  @Override
  public void later(Runnable action) {
    new Thread(action).start();
  }
}
