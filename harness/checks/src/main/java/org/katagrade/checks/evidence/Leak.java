package org.katagrade.checks.evidence;

import java.util.List;

/**
 * What was left behind.
 *
 * @param summary one sentence, expected first
 * @param threads threads that still run
 * @param things other things that were not given back, each in words
 */
public record Leak(String summary, List<LeakedThread> threads, List<String> things) {

  public Leak {
    threads = List.copyOf(threads);
    things = List.copyOf(things);
  }
}
