package org.katagrade.checks.standstill;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The live platform threads of this JVM. */
public final class Threads {

  private Threads() {}

  /** All of them, the JVM's own included. */
  public static List<Thread> allPlatform() {
    ThreadGroup root = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] threads = new Thread[root.activeCount() * 2 + 16];
    int count = root.enumerate(threads);
    while (count == threads.length) {
      threads = new Thread[threads.length * 2];
      count = root.enumerate(threads);
    }
    return Arrays.asList(threads).subList(0, count);
  }

  /** Those that take part in a check. */
  public static List<Thread> participants() {
    return allPlatform().stream()
        .filter(thread -> !Bystanders.contains(thread) && !isOfTheJvm(thread))
        .toList();
  }

  /**
   * Whether this is a service thread of the JDK that appears when first needed: the carriers of
   * virtual threads, their timers, the cleaner.
   */
  private static boolean isOfTheJvm(Thread thread) {
    String type = thread.getClass().getName();
    ThreadGroup group = thread.getThreadGroup();
    return type.equals("jdk.internal.misc.CarrierThread")
        || type.equals("jdk.internal.misc.InnocuousThread")
        || type.equals("java.util.concurrent.DelayScheduler")
        || (group != null && group.getParent() == null);
  }
}
