package org.katagrade.checks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.standstill.Waits;

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

  private final Surroundings surroundings = Surroundings.current();
  private final List<Participant<T>> participants;

  private Crowd(int size, NumberedWork<T> work) {
    CountDownLatch start = surroundings.startLine();
    int crowd = surroundings.scene().add(this);
    List<Participant<T>> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      all.add(new Participant<>("crowd-" + crowd + "-" + (i + 1), i, work, start, surroundings));
    }
    participants = List.copyOf(all);
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
    Surroundings.Impasse impasse = surroundings.await(new Finishes(count, true));
    if (impasse != null) {
      rethrowFailures();
      throw unfinished(count, impasse);
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
    surroundings.settle(List.of(), () -> finished() == participants.size());
    return this;
  }

  /** Waits until exactly this many threads block and all the others have finished. */
  public Crowd<T> block(int count) throws InterruptedException {
    int expectedFinished = participants.size() - count;
    surroundings.settle(participants, () -> finished() > expectedFinished);
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
    Surroundings.Impasse impasse = surroundings.await(new Finishes(participants.size(), false));
    if (impasse != null) {
      throw unfinished(participants.size(), impasse);
    }
    for (Participant<T> participant : participants) {
      participant.mustHaveFailedWith(expected);
    }
    return this;
  }

  /**
   * Where schedules are explored, lets the thread with this number, from 0, do some steps more and
   * has it stand still then, wherever it is and whatever it holds, until the result is closed. It
   * may have finished by then. Real threads go on.
   */
  public Stopped stop(int number) {
    Waits.Ended ended = surroundings.stop(participants.get(number).thread());
    return ended::close;
  }

  /** That a thread stands still, until this is closed. */
  public interface Stopped extends AutoCloseable {
    @Override
    void close();
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
    surroundings.scene().remove(this);
    interruptAll();
  }

  /** Rethrows what failed in those that have finished. */
  void rethrowFailures() {
    participants.stream().filter(Participant::isFinished).forEach(Participant::rethrow);
  }

  private AssertionError unfinished(int count, Surroundings.Impasse impasse) {
    int all = participants.size();
    return impasse.error(
        all == 1
            ? "expected the thread to finish, but it still waited"
            : "expected %s of %d threads to finish, but %d still waited"
                .formatted(count == all ? "all" : String.valueOf(count), all, all - finished()));
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

  /** So many ends; if they do not come although somebody failed, that failure is the news. */
  private final class Finishes implements Surroundings.Awaited {

    private final int count;
    private final boolean failuresAreNews;

    private Finishes(int count, boolean failuresAreNews) {
      this.count = count;
      this.failuresAreNews = failuresAreNews;
    }

    @Override
    public boolean hasCome() {
      return finished() >= count;
    }

    @Override
    public boolean pause(long millis) throws InterruptedException {
      for (Participant<T> participant : participants) {
        if (!participant.isFinished()) {
          return participant.await(millis);
        }
      }
      return true;
    }

    @Override
    public boolean isToBeToldOf() {
      return failuresAreNews && participants.stream().anyMatch(Participant::hasFailed);
    }
  }
}
