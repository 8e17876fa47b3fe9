package lib;

/** A place for one number, whose variables nobody watches. */
public class Box {

  private int value;
  private boolean full;

  public synchronized void put(int number) throws InterruptedException {
    while (full) {
      wait();
    }
    value = number;
    full = true;
    notifyAll();
  }

  public synchronized int take() throws InterruptedException {
    while (!full) {
      wait();
    }
    full = false;
    notifyAll();
    return value;
  }
}
