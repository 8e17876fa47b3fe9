package org.katagrade.checks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.katagrade.checks.evidence.LeakedThread;
import org.katagrade.checks.standstill.Observer;
import org.katagrade.checks.standstill.ThreadStarts;
import org.katagrade.checks.standstill.Threads;
import org.katagrade.checks.standstill.VirtualThreads;

/** Watches the threads of this JVM, platform and virtual. */
final class RealThreadWatch implements Surroundings.ThreadWatch {

  private final Set<Thread> before = new HashSet<>(Threads.participants());
  private final Set<String> virtualBefore = new HashSet<>(VirtualThreads.names());
  private final @Nullable ThreadStarts starts = ThreadStarts.ifAsked();

  @Override
  public List<LeakedThread> left() throws InterruptedException {
    Observer observer = Observer.begin();
    while (!platform().isEmpty() || !VirtualThreads.names().isEmpty()) {
      if (observer.look() != null) {
        return leaked();
      }
      observer.pause();
    }
    return List.of();
  }

  private List<Thread> platform() {
    return Threads.participants().stream()
        .filter(thread -> !before.contains(thread) && thread != Thread.currentThread())
        .toList();
  }

  private List<LeakedThread> leaked() {
    List<LeakedThread> leaked = new ArrayList<>();
    for (Thread thread : platform()) {
      leaked.add(LeakedThreads.platform(thread, starts));
    }
    VirtualThreads.snapshots().stream()
        .filter(thread -> !virtualBefore.contains(thread.name()))
        .map(thread -> LeakedThreads.virtual(thread, starts))
        .forEach(leaked::add);
    return leaked;
  }
}
