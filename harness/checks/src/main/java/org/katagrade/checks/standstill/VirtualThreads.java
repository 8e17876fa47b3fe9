package org.katagrade.checks.standstill;

import java.util.List;
import org.katagrade.checks.evidence.ThreadSnapshot;

/**
 * The virtual threads of this JVM, read from the JDK's own thread dump in JSON, the one place that
 * lists them.
 */
public final class VirtualThreads {

  private VirtualThreads() {}

  /** Whether no virtual thread could run on; true at once if there never was one. */
  static boolean noneRunnable() {
    return snapshots().stream().allMatch(thread -> thread.waiting() != null);
  }

  /** Names of every live virtual thread. */
  public static List<String> names() {
    return snapshots().stream().map(ThreadSnapshot::name).toList();
  }

  /** Every live virtual thread that is not the JDK's own. */
  public static List<ThreadSnapshot> snapshots() {
    boolean everUsed =
        Threads.allPlatform().stream()
            .anyMatch(t -> t.getClass().getName().equals("jdk.internal.misc.CarrierThread"));
    return everUsed ? VirtualThreadDump.take() : List.of();
  }
}
