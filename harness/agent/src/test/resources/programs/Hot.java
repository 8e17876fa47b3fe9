/** Locks and unlocks in every shape that javac makes, often enough to be compiled. */
public class Hot {

  private final Object lock = new Object();
  private int value;

  public static void main(String[] args) {
    Hot hot = new Hot();
    for (int i = 0; i < 20_000; i++) {
      hot.simple(i);
      hot.nested(i);
      hot.loop(3);
      hot.caught(i);
    }
    System.out.println("value " + hot.value);
  }

  private void simple(int by) {
    synchronized (lock) {
      value += by;
    }
  }

  private void nested(int by) {
    synchronized (this) {
      synchronized (lock) {
        value -= by;
      }
    }
  }

  private void loop(int times) {
    for (int i = 0; i < times; i++) {
      synchronized (lock) {
        while (value > 100) {
          value--;
        }
        if (value == i) {
          continue;
        }
      }
      value++;
    }
  }

  private int caught(int by) {
    try {
      synchronized (lock) {
        if (by % 100 == 99) {
          throw new IllegalStateException("on purpose");
        }
        return value;
      }
    } catch (IllegalStateException e) {
      return -1;
    } finally {
      value &= 127;
    }
  }
}
