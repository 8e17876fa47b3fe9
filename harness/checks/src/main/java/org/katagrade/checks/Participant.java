package org.katagrade.checks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One thread of a crowd. */
final class Participant<T extends @Nullable Object> {

  /**
   * A thread that used this much processor time without ever blocking is not waiting but spinning.
   */
  private static final long SPINNING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /**
   * A thread that began to wait this often while nobody had anything new for it is polling. In a
   * crowd of a hundred, one that is woken with all the others comes nowhere near.
   */
  private static final long POLLING_WAITS = 1_000;

  private final int number;
  private final Thread thread;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean interrupted;
  private volatile @Nullable T result;
  private volatile @Nullable Throwable failure;
  private volatile long finishedAt = Long.MAX_VALUE;

  Participant(
      String name,
      int number,
      Crowd.NumberedWork<T> work,
      CountDownLatch start,
      Surroundings surroundings) {
    this.number = number;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .unstarted(
                () -> {
                  try {
                    start.await();
                    result = work.run(number);
                  } catch (Throwable e) {
                    failure = e;
                    surroundings.threw(e);
                  } finally {
                    finishedAt = surroundings.scene().nextFinish();
                    finished.countDown();
                    surroundings.changed();
                  }
                });
  }

  void start() {
    thread.start();
  }

  Thread thread() {
    return thread;
  }

  void interrupt() {
    if (!isFinished()) {
      interrupted = true;
      thread.interrupt();
    }
  }

  boolean await(long millis) throws InterruptedException {
    return finished.await(millis, TimeUnit.MILLISECONDS);
  }

  boolean isFinished() {
    return finished.getCount() == 0;
  }

  long finishedAt() {
    return finishedAt;
  }

  int number() {
    return number;
  }

  @SuppressWarnings("NullAway") // null is a value of T where T allows it; else the work was done
  T result() {
    if (!isFinished() || failure != null) {
      throw new IllegalStateException(thread.getName() + " has no result");
    }
    return result;
  }

  void rethrow() {
    Throwable thrown = failure;
    if (thrown != null && hasFailed()) {
      throw new ParticipantFailure(thread.getName(), thrown);
    }
  }

  /** Whether it ended otherwise than by returning, or by an interrupt of the check's. */
  boolean hasFailed() {
    Throwable thrown = failure;
    return thrown != null && !(interrupted && thrown instanceof InterruptedException);
  }

  /** Rethrows what says that the JVM could not go on: whatever was expected, that is the news. */
  void rethrowIfFatal() {
    if (failure instanceof VirtualMachineError) {
      rethrow();
    }
  }

  @Nullable Throwable failure() {
    return failure;
  }

  void mustHaveFailedWith(Class<? extends Throwable> expected) {
    rethrowIfFatal();
    Throwable thrown = failure;
    if (!expected.isInstance(thrown)) {
      AssertionError error =
          new AssertionError(
              "expected thread '%s' to end with %s, but it %s"
                  .formatted(thread.getName(), expected.getSimpleName(), end()));
      if (thrown != null) {
        error.initCause(thrown);
      }
      throw error;
    }
  }

  void failIfSpinning() {
    if (!isFinished()
        && thread.getState() == Thread.State.RUNNABLE
        && ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId())
            > SPINNING_NANOS) {
      throw new AssertionError(
          "expected thread '%s' to wait, but it kept the processor busy: it spins"
              .formatted(thread.getName()));
    }
  }

  /** How often it has begun to wait or to sleep so far. */
  long waits() {
    ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.threadId());
    return info == null ? 0 : info.getWaitedCount();
  }

  /**
   * Fails if it polls: waits again and again, each time for a moment.
   *
   * @param before how often it had waited when the last was done that could have woken it
   */
  void failIfPolling(long before) {
    if (thread.getState() == Thread.State.TIMED_WAITING && waits() - before > POLLING_WAITS) {
      throw new AssertionError(
          "expected thread '%s' to wait, but it woke by itself again and again: it polls"
              .formatted(thread.getName()));
    }
  }

  /** How these ended, equal ends told once: {@code 3 returned null, threw X}. */
  static <T extends @Nullable Object> String ends(List<Participant<T>> ended) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    ended.forEach(participant -> counts.merge(participant.end(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(end -> end.getValue() == 1 ? end.getKey() : end.getValue() + " " + end.getKey())
        .collect(Collectors.joining(", "));
  }

  private String end() {
    Throwable thrown = failure;
    return thrown == null ? "returned " + result : "threw " + thrown;
  }
}
