package app;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import lib.Box;
import org.katagrade.agent.explore.Budget;
import org.katagrade.agent.explore.Explorer;
import org.katagrade.agent.explore.Run;

/** Two threads give a number on through a box, and count past each other. */
public class Main {

  private int counted;

  public static void main(String[] args) {
    System.out.println("unavailable: " + Explorer.unavailable());
    Budget budget = new Budget(50, 10_000, 10_000);
    tell(Explorer.explore(Main::counts, budget, 1).failure());
    tell(Explorer.explore(Main::countsInOrder, budget, 1).failure());
    if (args.length == 0) {
      tell(Explorer.races(Main::counts, budget, 1).failure());
      tell(Explorer.races(Main::countsInOrder, budget, 1).failure());
    }
  }

  private static void tell(Run run) {
    System.out.println(
        run == null ? "nothing" : run.ending() + " after " + run.steps() + ": " + run.schedule());
  }

  private static void counts() throws InterruptedException {
    Main shared = new Main();
    Thread one = Thread.ofPlatform().start(() -> shared.counted++);
    Thread other = Thread.ofVirtual().start(() -> shared.counted++);
    one.join();
    other.join();
    if (shared.counted != 2) {
      throw new IllegalStateException("an update is lost");
    }
  }

  /** The box and the timer wait and notify, and what they order nobody races for. */
  private static void countsInOrder() throws InterruptedException {
    Main shared = new Main();
    Box box = new Box();
    Thread other =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    shared.counted = box.take() + 1;
                    box.put(shared.counted);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    shared.counted = 1;
    box.put(1);
    other.join();
    CountDownLatch rang = new CountDownLatch(1);
    Timer timer = new Timer(true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            shared.counted++;
            rang.countDown();
          }
        },
        1000);
    rang.await();
    timer.cancel();
    if (box.take() != 2 || shared.counted != 3) {
      throw new IllegalStateException("it is " + shared.counted);
    }
  }
}
