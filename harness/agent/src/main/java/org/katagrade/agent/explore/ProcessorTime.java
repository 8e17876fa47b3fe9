package org.katagrade.agent.explore;

import java.time.Duration;

/** How much processor time this JVM has used since it was asked first. */
final class ProcessorTime {

  /** Asking costs more than a short run does, and less than a thousandth of this. */
  private static final long INTERVAL = 20_000_000;

  private final long before = read();
  private long asked = System.nanoTime();
  private long millis;

  /** In milliseconds; may be a fiftieth of a second behind. */
  long millis() {
    long now = System.nanoTime();
    if (now - asked >= INTERVAL) {
      asked = now;
      millis = read() - before;
    }
    return millis;
  }

  /** Where the system does not tell, time that passed stands in. */
  private static long read() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(Duration::toMillis)
        .orElseGet(() -> System.nanoTime() / 1_000_000);
  }
}
