package org.katagrade.checks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.katagrade.checks.evidence.LeakedThread;

/** Watches the threads of an explored run. */
final class ExploredThreadWatch implements Surroundings.ThreadWatch {

  /** A wait that would end after that, in the run's time, is left behind as one without end is. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ExploredRun run;
  private final List<Thread> before;

  ExploredThreadWatch(ExploredRun run) {
    this.run = run;
    this.before = run.threads().stream().map(Steering.Left::thread).toList();
  }

  @Override
  public List<LeakedThread> left() {
    Steering steering = run.steering();
    long begun = steering.nanos();
    while (true) {
      run.quiet().await();
      List<LeakedThread> left =
          run.threads().stream()
              .filter(each -> !before.contains(each.thread()))
              .map(Steering.Left::shown)
              .toList();
      if (left.isEmpty() || !steering.canTimePass()) {
        return left;
      }
      steering.letTimePass();
      if (steering.nanos() - begun > PATIENCE_NANOS) {
        return left;
      }
    }
  }
}
