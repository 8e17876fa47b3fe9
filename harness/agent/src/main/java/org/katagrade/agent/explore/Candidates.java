package org.katagrade.agent.explore;

/** Those that could go on at one moment; the same object at every step, with other contents. */
interface Candidates {

  /** Stands for an object that is not known: the next step may have to do with anything. */
  int ANYTHING = 0;

  /** How many there are, 1 or more. */
  int size();

  /** The number of the thread, from 0; candidates are in the order of these, time comes last. */
  int thread(int index);

  /**
   * Whether this is no thread: time moves to the next moment that somebody waits for. A candidate
   * also while threads can go on, so that a time-out can come early.
   */
  boolean isTime(int index);

  /**
   * A number for the variable, lock or object that the thread's next step has to do with, the same
   * for all threads within a run, or {@link #ANYTHING}.
   */
  int object(int index);

  /** Whether the next step only reads it. */
  boolean reads(int index);

  /** Whether the thread asked to let others go first: it yields or spins. */
  boolean yields(int index);

  /** The index of the thread that made the last step, or -1 if it cannot go on. */
  int current();

  /** How many threads have been started so far in this run. */
  int threads();
}
