package kata99;

/** Nothing here is wrong: the loops are long, and they end. */
public final class Solution implements Turnstile {

  private final int[] cells = new int[200];
  private boolean open;

  public Solution() {}

  @Override
  public synchronized int enter() {
    cells[entered() % cells.length]++;
    return entered();
  }

  @Override
  public synchronized int entered() {
    int sum = 0;
    for (int cell : cells) {
      sum += cell;
    }
    return depth(30) + sum;
  }

  private static int depth(int left) {
    return left == 0 ? 0 : depth(left - 1);
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
