package org.katagrade.checks;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.LeakedThread;
import org.katagrade.checks.standstill.Waits;

/**
 * The world a check runs in: the threads of this JVM in real time, or a run that is explored, with
 * threads and a time of its own. What the vocabulary does where the two differ.
 */
sealed interface Surroundings permits RealThreads, ExploredRun {

  /** The world of the calling thread. */
  static Surroundings current() {
    ExploredRun run = ExploredRun.latest();
    return run != null && run.isOn() ? run : RealThreads.OF_THIS_JVM;
  }

  /** Whether this is a run that is explored. */
  boolean isExplored();

  /** What is registered in this world. */
  Scene scene();

  /** What holds back threads that are to start together until it has been counted down. */
  CountDownLatch startLine();

  /**
   * Waits until something has come about; returns why not once nobody can go on, and null if it
   * has.
   */
  @Nullable Impasse await(Awaited awaited) throws InterruptedException;

  /** As {@link #await}, for a state that nobody announces. */
  @Nullable Impasse awaitState(BooleanSupplier state) throws InterruptedException;

  /**
   * Waits until nobody can go on without time moving, or enough is known already.
   *
   * @param watched who fails the check by keeping busy instead of waiting
   */
  void settle(List<? extends Participant<?>> watched, BooleanSupplier enough)
      throws InterruptedException;

  /** Announces that something awaited may have come about. */
  void changed();

  /** Takes note of what was thrown out of what the calling thread was to do. */
  void threw(Throwable thrown);

  /** Records that the check holds the calling thread until the result is closed. */
  Waits.Ended hold(String place);

  /**
   * Has another thread do some steps more and then stand still, until the result is closed; does
   * nothing where steps cannot be told.
   */
  Waits.Ended stop(Thread thread);

  /** Nanoseconds since a moment that stays the same in this world. */
  long nanos();

  /** Lets time pass for the calling thread. */
  void sleep(long nanos) throws InterruptedException;

  /** One of so many alternatives, from 0. */
  int choose(int count);

  /** Begins to watch which threads are started. */
  ThreadWatch watchThreads();

  /** What a check waits for that somebody announces by {@link #changed}. */
  interface Awaited {

    boolean hasCome();

    /** Waits so long in real time; ends sooner, and returns true, when it is announced. */
    boolean pause(long millis) throws InterruptedException;

    /**
     * Whether the check has its own words for it if it does not come about, so that it must be told
     * when nobody can go on.
     */
    boolean isToBeToldOf();
  }

  /** Nobody can go on, and what a check waits for has not come about. */
  interface Impasse {

    /**
     * What to throw: who waits, as a failed assertion where the check itself holds a thread and so
     * is in the way, and else as a standstill. An explored run ends here as one.
     *
     * @param expected what was expected instead, beginning with "expected"
     */
    AssertionError error(String expected);

    /** Who waits, as the end of a sentence; nothing if nobody is known to. */
    String because();
  }

  /** Knows which threads were there before. */
  @FunctionalInterface
  interface ThreadWatch {

    /** Waits until all threads started since have ended, or will not; returns those. */
    List<LeakedThread> left() throws InterruptedException;
  }
}
