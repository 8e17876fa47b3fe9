package org.katagrade.agent.race;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last read of each thread, of a variable that several read without order between them. */
final class ReadSet {

  private final Map<Integer, Access> reads = new HashMap<>();
  private int most = 16;

  ReadSet(Access first, Access second) {
    reads.put(first.thread.number(), first);
    reads.put(second.thread.number(), second);
  }

  void add(Access read) {
    Pinned.get(() -> put(read));
  }

  private synchronized boolean put(Access read) {
    if (reads.size() >= most) {
      // Who does not come after this read does not come after those before it either.
      reads.values().removeIf(earlier -> earlier.before(read.thread));
      most = Math.max(16, 2 * reads.size());
    }
    reads.put(read.thread.number(), read);
    return true;
  }

  boolean has(ThreadState thread) {
    return Pinned.get(() -> contains(thread));
  }

  private synchronized boolean contains(ThreadState thread) {
    Access read = reads.get(thread.number());
    return read != null && read.time == thread.time();
  }

  /** A read that did not happen before what the thread does now. */
  @Nullable Access unordered(ThreadState now, boolean atomic) {
    return Pinned.get(() -> Optional.ofNullable(first(now, atomic))).orElse(null);
  }

  private synchronized @Nullable Access first(ThreadState now, boolean atomic) {
    for (Access read : reads.values()) {
      if (read.conflictsWith(now, atomic)) {
        return read;
      }
    }
    return null;
  }
}
