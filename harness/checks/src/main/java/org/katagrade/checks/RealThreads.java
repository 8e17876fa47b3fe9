package org.katagrade.checks;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.standstill.Bystanders;
import org.katagrade.checks.standstill.Observer;
import org.katagrade.checks.standstill.Waits;

/** The threads of this JVM in real time: what is so is seen by looking again and again. */
final class RealThreads implements Surroundings {

  static final RealThreads OF_THIS_JVM = new RealThreads();

  static {
    // Outside a child nobody has yet, and the first crowd must not be taken for one.
    Bystanders.takeNote();
  }

  private final Scene scene = new Scene();

  private RealThreads() {}

  @Override
  public boolean isExplored() {
    return false;
  }

  @Override
  public Scene scene() {
    return scene;
  }

  @Override
  public CountDownLatch startLine() {
    return new CountDownLatch(1);
  }

  @Override
  public @Nullable Impasse await(Awaited awaited) throws InterruptedException {
    Patience patience = Patience.begin();
    while (!awaited.hasCome()) {
      if (!awaited.pause(Patience.GLANCE_MILLIS) && patience.exhausted() && !awaited.hasCome()) {
        return patience;
      }
    }
    return null;
  }

  @Override
  public @Nullable Impasse awaitState(BooleanSupplier state) throws InterruptedException {
    Patience patience = Patience.begin();
    while (!state.getAsBoolean()) {
      if (patience.exhausted() && !state.getAsBoolean()) {
        return patience;
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return null;
  }

  @Override
  public void settle(List<? extends Participant<?>> watched, BooleanSupplier enough)
      throws InterruptedException {
    Observer observer = watched.isEmpty() ? Observer.glimpse() : Observer.glimpseOfPolling();
    List<Long> waitsBefore = watched.stream().map(Participant::waits).toList();
    while (!observer.isStill() && !enough.getAsBoolean()) {
      for (int i = 0; i < watched.size(); i++) {
        watched.get(i).failIfSpinning();
        watched.get(i).failIfPolling(waitsBefore.get(i));
      }
      observer.pause();
    }
  }

  @Override
  public void threw(Throwable thrown) {
    // Nobody tells how things came about here.
  }

  @Override
  public void changed() {
    // Whoever waits looks again soon.
  }

  @Override
  public Waits.Ended hold(String place) {
    return Waits.atCheck(place);
  }

  @Override
  public Waits.Ended stop(Thread thread) {
    return () -> {};
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void sleep(long nanos) throws InterruptedException {
    long begun = System.nanoTime();
    // A sleep may end a little early.
    for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - begun)) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  @Override
  public int choose(int count) {
    return ThreadLocalRandom.current().nextInt(count);
  }

  @Override
  public ThreadWatch watchThreads() {
    return new RealThreadWatch();
  }
}
