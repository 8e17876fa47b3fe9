package org.katagrade.checks.standstill;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Threads that have no part in a check: the JVM's, the harness's, and what ran before it. */
public final class Bystanders {

  private static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();

  static {
    THREADS.addAll(Threads.allPlatform());
  }

  private Bystanders() {}

  /** Takes those that run now for bystanders; only the first call of any method here does. */
  public static void takeNote() {
    // Initialising this class does it.
  }

  /** Excludes a thread of the harness from what is looked at. */
  public static void add(Thread thread) {
    THREADS.add(thread);
  }

  /** Takes part again: for a thread that was there before and now runs a check. */
  public static void remove(Thread thread) {
    THREADS.remove(thread);
  }

  static boolean contains(Thread thread) {
    return THREADS.contains(thread);
  }
}
