import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A virtual thread begins a change and races before it ends it, while the main thread holds the
 * monitor of the standard error stream. Two others, as many as there are carriers, spin until the
 * change has ended.
 */
public class SpinsForAnother {

  private static final int SPINNERS = 2;
  private static final AtomicInteger SPINNING = new AtomicInteger();

  /** Accesses that are opaque order nothing. */
  private static final VarHandle WRITTEN;

  static {
    try {
      WRITTEN =
          MethodHandles.lookup()
              .findStaticVarHandle(SpinsForAnother.class, "written", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static boolean written;
  private static int value;
  private static volatile boolean changing = true;

  public static void main(String[] args) throws InterruptedException {
    Thread changer = Thread.ofVirtual().unstarted(SpinsForAnother::change);
    Thread[] spinners = new Thread[SPINNERS];
    synchronized (System.err) {
      changer.start();
      value = 1;
      WRITTEN.setOpaque(true);
      while (changer.getState() != Thread.State.BLOCKED
          && changer.getState() != Thread.State.TERMINATED) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < SPINNERS; i++) {
        spinners[i] = Thread.ofVirtual().start(SpinsForAnother::spin);
      }
      while (SPINNING.get() < SPINNERS) {
        Thread.onSpinWait();
      }
    }
    for (Thread spinner : spinners) {
      if (!spinner.join(Duration.ofMinutes(1))) {
        System.out.println("the change did not end within a minute");
        Runtime.getRuntime().halt(1);
      }
    }
    System.out.println("all went on");
  }

  private static void change() {
    while (!(boolean) WRITTEN.getOpaque()) {
      Thread.onSpinWait();
    }
    value = 2;
    changing = false;
  }

  private static void spin() {
    SPINNING.incrementAndGet();
    while (changing) {
      Thread.onSpinWait();
    }
  }
}
