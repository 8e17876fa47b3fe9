package org.katagrade.grader.fork;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.katagrade.checks.wire.Job;
import org.katagrade.checks.wire.Program;
import org.katagrade.checks.wire.Sought;
import org.katagrade.checks.wire.Task;

/**
 * Makes what lets children start faster: an archive of the classes of a plain one at work, and
 * classes as Lincheck and the agent weave into them.
 */
public final class Training {

  /** The JVM writes its archive after its last check, and takes its time. */
  private static final Duration MOST = Duration.ofMinutes(2);

  private Training() {}

  /**
   * Runs some checks of a submission in a recorded child, and waits until the archive is written.
   *
   * @param archive the file to write; if it cannot be, there will be none
   */
  public static void run(Jvm jvm, Subject subject, List<String> checks, Path archive)
      throws IOException, InterruptedException {
    Program program =
        new Program(
            subject.checksType(),
            false,
            subject.contract(),
            subject.hidden(),
            subject.theirs(),
            List.copyOf(subject.named()));
    List<Task> tasks = new ArrayList<>();
    checks.forEach(check -> tasks.add(new Task(Series.token(), 0, check, false)));
    tasks.add(Canary.task(1, false, false));
    Job job =
        new Job(
            Series.token(),
            List.of(program, Canary.PROGRAM),
            tasks,
            1,
            false,
            Sought.FAILURES,
            null);
    try (Child child =
        Child.start(jvm.sandbox(), temporary -> jvm.recorded(temporary, archive), job)) {
      long end = System.nanoTime() + MOST.toNanos();
      while (!(child.next(Duration.ofSeconds(1)) instanceof Child.News.Silent)
          && System.nanoTime() - end < 0) {}
    }
  }

  /**
   * Writes down what Lincheck weaves into the JDK.
   *
   * @param file where; if it cannot be, there will be none
   */
  public static void weave(Jvm jvm, Path file) throws IOException, InterruptedException {
    waitFor(LiveChildren.start(temporary -> jvm.weaving(temporary, file)));
  }

  /**
   * Writes down what the agent weaves into the JDK and into the harness.
   *
   * @param file where; if it cannot be, there will be none
   * @param races whether with the race detector
   */
  public static void weaveAhead(Jvm jvm, Path file, boolean races)
      throws IOException, InterruptedException {
    waitFor(LiveChildren.start(temporary -> jvm.weavingAhead(temporary, file, races)));
  }

  private static void waitFor(Process process) throws InterruptedException {
    try {
      process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS);
    } finally {
      LiveChildren.end(process);
    }
  }
}
