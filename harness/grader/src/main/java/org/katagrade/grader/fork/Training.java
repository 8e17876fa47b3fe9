package org.katagrade.grader.fork;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.katagrade.checks.wire.Job;
import org.katagrade.checks.wire.Sought;

/** Makes the archive that lets plain children start faster, by recording one at work. */
public final class Training {

  /** The JVM writes the archive after its last check, and takes its time. */
  private static final Duration MOST = Duration.ofMinutes(2);

  private Training() {}

  /**
   * Runs some checks of a submission in a recorded child, and waits until the archive is written.
   *
   * @param archive the file to write; if it cannot be, there will be none
   */
  public static void run(Jvm jvm, Subject subject, List<String> checks, Path archive)
      throws IOException, InterruptedException {
    Job job =
        new Job(
            Series.token(),
            subject.checksType(),
            checks,
            1,
            false,
            Sought.FAILURES,
            List.of(),
            null,
            false,
            subject.contract(),
            subject.hidden(),
            subject.theirs(),
            List.copyOf(subject.named()));
    try (Child child = Child.start(temporary -> jvm.recorded(temporary, archive), job)) {
      long end = System.nanoTime() + MOST.toNanos();
      while (!(child.next(Duration.ofSeconds(1)) instanceof Child.News.Silent)
          && System.nanoTime() - end < 0) {}
    }
  }
}
