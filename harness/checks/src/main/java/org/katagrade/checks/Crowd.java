package org.katagrade.checks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.standstill.Bystanders;
import org.katagrade.checks.standstill.Observer;

/**
 * Platform threads that start together and do the same work; what fails in them comes home.
 *
 * <p>No method waits for a length of time. Each waits for a state, and gives up when no thread of
 * this JVM can go on any more: then {@link #allFinish} reports a deadlock or a lost wake-up with
 * the threads as they stand. Closing a crowd interrupts whoever is left.
 *
 * <p>For use by one thread, the check's.
 *
 * @param <T> what the work returns
 */
public final class Crowd<T extends @Nullable Object> implements AutoCloseable {

  /** Crowds that have not been closed, in this JVM. */
  private static final Set<Crowd<?>> OPEN = ConcurrentHashMap.newKeySet();

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  static {
    // Outside a child nobody has yet, and the first crowd must not be taken for one.
    Bystanders.takeNote();
  }

  /** Work that returns nothing. */
  @FunctionalInterface
  public interface Task {
    void run() throws Exception;
  }

  /** Work of the thread with a number, from 0. */
  @FunctionalInterface
  public interface NumberedWork<T extends @Nullable Object> {
    T run(int number) throws Exception;
  }

  private final List<Participant<T>> participants;

  private Crowd(int size, NumberedWork<T> work) {
    CountDownLatch start = new CountDownLatch(1);
    int crowd = NUMBERS.incrementAndGet();
    List<Participant<T>> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      all.add(new Participant<>("crowd-" + crowd + "-" + (i + 1), i, work, start));
    }
    participants = List.copyOf(all);
    OPEN.add(this);
    participants.forEach(Participant::start);
    start.countDown();
  }

  /** Starts threads that all do this work. */
  public static <T extends @Nullable Object> Crowd<T> of(int size, Callable<T> work) {
    return new Crowd<>(size, number -> work.call());
  }

  /** Starts threads that all do this work. */
  public static Crowd<@Nullable Void> of(int size, Task work) {
    return new Crowd<>(
        size,
        number -> {
          work.run();
          return null;
        });
  }

  /** Starts threads whose work depends on their number, from 0. */
  public static <T extends @Nullable Object> Crowd<T> numbered(int size, NumberedWork<T> work) {
    return new Crowd<>(size, work);
  }

  /**
   * Waits until all have finished; rethrows the first failure. An {@link InterruptedException}
   * after {@link #interruptAll} counts as finishing.
   */
  public Crowd<T> allFinish() throws InterruptedException {
    finish(participants.size());
    for (Participant<T> participant : participants) {
      participant.rethrow();
    }
    return this;
  }

  /** Waits until at least this many have finished, well or badly. */
  public Crowd<T> finish(int count) throws InterruptedException {
    Patience patience = Patience.begin();
    while (finished() < count) {
      if (!awaitOneMore() && patience.exhausted()) {
        for (Participant<T> participant : participants) {
          if (participant.isFinished()) {
            participant.rethrow();
          }
        }
        throw unfinished(count, patience);
      }
    }
    return this;
  }

  /**
   * Waits until every thread that has not finished blocks; fails if one of them finished. A thread
   * that keeps the processor busy instead, or wakes by itself again and again, fails too.
   */
  public Crowd<T> allBlock() throws InterruptedException {
    return block(participants.size());
  }

  /** Waits until every thread has either finished or waits for something; asserts nothing. */
  public Crowd<T> settle() throws InterruptedException {
    Observer observer = Observer.glimpse();
    while (finished() < participants.size() && !observer.isStill()) {
      observer.pause();
    }
    return this;
  }

  /** Waits until exactly this many threads block and all the others have finished. */
  public Crowd<T> block(int count) throws InterruptedException {
    Observer observer = Observer.glimpse();
    int expectedFinished = participants.size() - count;
    List<Long> waitsBefore = participants.stream().map(Participant::waits).toList();
    while (!observer.isStill()) {
      if (finished() > expectedFinished) {
        break;
      }
      for (Participant<T> participant : participants) {
        participant.failIfSpinning();
        participant.failIfPolling(waitsBefore.get(participant.number()));
      }
      observer.pause();
    }
    List<Participant<T>> ended = participants.stream().filter(Participant::isFinished).toList();
    if (ended.size() != expectedFinished) {
      throw notBlocking(count, ended);
    }
    return this;
  }

  /** Interrupts everybody who has not finished. */
  public Crowd<T> interruptAll() {
    participants.forEach(Participant::interrupt);
    return this;
  }

  /** Interrupts the thread with this number, from 0. */
  public Crowd<T> interrupt(int number) {
    participants.get(number).interrupt();
    return this;
  }

  /** Waits until all have finished and fails unless each ended with this exception. */
  public Crowd<T> allFail(Class<? extends Throwable> expected) throws InterruptedException {
    Patience patience = Patience.begin();
    while (finished() < participants.size()) {
      if (!awaitOneMore() && patience.exhausted()) {
        throw unfinished(participants.size(), patience);
      }
    }
    for (Participant<T> participant : participants) {
      participant.mustHaveFailedWith(expected);
    }
    return this;
  }

  /** What the threads returned, by number; call after {@link #allFinish}. */
  public List<T> results() {
    return participants.stream().map(Participant::result).toList();
  }

  /** How many have finished so far, well or badly. */
  public int finished() {
    return Math.toIntExact(participants.stream().filter(Participant::isFinished).count());
  }

  /** Numbers of the threads that have finished, in the order they finished. */
  public List<Integer> order() {
    return participants.stream()
        .filter(Participant::isFinished)
        .sorted(Comparator.comparingLong(Participant::finishedAt))
        .map(Participant::number)
        .toList();
  }

  /** Interrupts whoever is left. */
  @Override
  public void close() {
    OPEN.remove(this);
    interruptAll();
  }

  /** Rethrows what failed in a crowd that is still open: it is why the check waits in vain. */
  static void rethrowFailureOfOpen() {
    for (Crowd<?> crowd : OPEN) {
      crowd.participants.stream().filter(Participant::isFinished).forEach(Participant::rethrow);
    }
  }

  private boolean awaitOneMore() throws InterruptedException {
    for (Participant<T> participant : participants) {
      if (!participant.isFinished()) {
        return participant.await(Patience.GLANCE_MILLIS);
      }
    }
    return true;
  }

  private AssertionError unfinished(int count, Patience patience) {
    return patience.error(
        "expected %s of %d threads to finish, but %d still waited"
            .formatted(
                count == participants.size() ? "all" : String.valueOf(count),
                participants.size(),
                participants.size() - finished()));
  }

  /** What to throw where other than so many threads wait; these do not. */
  private AssertionError notBlocking(int count, List<Participant<T>> ended) {
    ended.forEach(Participant::rethrowIfFatal);
    int all = participants.size();
    AssertionError error =
        new AssertionError(
            "expected %d of %d %s to wait, but %s"
                .formatted(
                    count,
                    all,
                    all == 1 ? "thread" : "threads",
                    ended.isEmpty()
                        ? all + " did"
                        : ended.size() + " finished: " + Participant.ends(ended)));
    ended.stream()
        .map(Participant::failure)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(error::initCause);
    return error;
  }
}
