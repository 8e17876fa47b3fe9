package org.katagrade.checks.standstill;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * A cheap look at all threads of a check.
 *
 * @param fingerprint changes when a thread starts, ends, changes its state or uses the processor
 */
record Glance(boolean somebodyRuns, boolean somebodyIsTimed, List<Long> fingerprint) {

  Glance {
    fingerprint = List.copyOf(fingerprint);
  }

  static Glance of(Thread observer) {
    boolean runs = false;
    boolean timed = false;
    List<Thread> seen = new ArrayList<>();
    List<Long> fingerprint = new ArrayList<>();
    for (Thread thread : Threads.participants()) {
      if (thread == observer) {
        continue;
      }
      switch (thread.getState()) {
        case NEW, TERMINATED -> {
          continue;
        }
        case RUNNABLE -> runs = true;
        case TIMED_WAITING -> timed = true;
        case BLOCKED, WAITING -> {}
      }
      seen.add(thread);
    }
    if (!runs) {
      ThreadMXBean bean = ManagementFactory.getThreadMXBean();
      for (Thread thread : seen) {
        fingerprint.add(thread.threadId());
        fingerprint.add((long) thread.getState().ordinal());
        fingerprint.add(bean.getThreadCpuTime(thread.threadId()));
      }
    }
    return new Glance(runs, timed, fingerprint);
  }
}
