package org.katagrade.checks.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A moment at which no thread of a check could go on.
 *
 * @param threads every thread of the check
 * @param ended names of threads that hold a lock though they have ended or left the code that took
 *     it, so that nobody is left to release it
 * @param millis for how long nothing had moved when this was recorded
 */
public record Standstill(List<ThreadSnapshot> threads, List<String> ended, long millis) {

  public Standstill {
    threads = List.copyOf(threads);
    ended = List.copyOf(ended);
  }

  /**
   * Threads that wait without a time limit for a lock whose holder nobody knows. A lock that nobody
   * holds lets the next one in, so somebody does: the JVM does not tell who has the read half of
   * one.
   */
  public List<ThreadSnapshot> lockedOut() {
    return threads.stream().filter(Standstill::isLockedOut).toList();
  }

  private static boolean isLockedOut(ThreadSnapshot thread) {
    Waiting waiting = thread.waiting();
    return waiting != null
        && waiting.how() == Waiting.How.LOCK
        && waiting.holder() == null
        && !thread.timed();
  }

  /**
   * Threads that wait for each other in a circle, each for a lock that the next one holds and the
   * last one for a lock of the first; empty if there is no such circle.
   */
  public List<ThreadSnapshot> cycle() {
    Map<String, ThreadSnapshot> byName = new LinkedHashMap<>();
    threads.forEach(thread -> byName.put(thread.name(), thread));
    for (ThreadSnapshot start : threads) {
      List<ThreadSnapshot> path = new ArrayList<>();
      ThreadSnapshot at = start;
      while (at != null && !path.contains(at)) {
        path.add(at);
        String holder = at.waiting() == null ? null : at.waiting().holder();
        at = holder == null ? null : byName.get(holder);
      }
      if (at != null && Objects.equals(at, start)) {
        return List.copyOf(path);
      }
    }
    return List.of();
  }
}
