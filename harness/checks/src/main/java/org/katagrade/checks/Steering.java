package org.katagrade.checks;

import java.util.List;
import org.katagrade.checks.evidence.LeakedThread;

/** What the vocabulary needs of the explorer whose run it is in. */
interface Steering {

  /** Whether the calling thread is one of a run that is explored. */
  boolean isOn();

  /** Waits until no other thread of the run could go on without time moving. */
  void awaitQuiet();

  /** Whether somebody sleeps or waits with a time limit. */
  boolean canTimePass();

  /** Moves time to the next moment that somebody waits for. */
  void letTimePass();

  /** Lets no time pass from here on as long as the calling thread could go on. */
  void holdTime();

  /** Nanoseconds since the run began, in its own time. */
  long nanos();

  /** One of so many alternatives, from 0. */
  int choose(int count);

  /**
   * The threads of the run that have been started and have not ended, the calling one left out, in
   * the order they were started.
   */
  List<Left> threads();

  /** A thread, and how a report would show it if it were left behind. */
  record Left(Thread thread, LeakedThread shown) {}

  /** Tells of what was thrown out of a task of the calling thread. */
  void threw(Throwable thrown);

  /** Has a thread stand still after so many steps more, whatever it holds. */
  void stop(Thread thread, int steps);

  /** Lets a thread go on that stands still. */
  void goOn(Thread thread);

  /** Ends the run as a deadlock or a lost wake-up. Does not return. */
  void giveUp();
}
