package org.katagrade.agent.race;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last read of each thread, of a variable that several read without order between them. */
final class ReadSet extends Cell {

  private static final int LATEST = 8;

  private final Map<Integer, Access> reads = new HashMap<>();

  /** Some of the same, to be looked at without the lock: a read that is here is in the map. */
  private final @Nullable Access[] latest = new @Nullable Access[LATEST];

  private int most = 16;

  ReadSet(Access first, Access second) {
    super(null);
    keep(first);
    keep(second);
  }

  void add(Access read) {
    Pinned.get(() -> put(read));
  }

  private synchronized boolean put(Access read) {
    if (reads.size() >= most) {
      // Who does not come after this read does not come after those before it either.
      ThreadState reader = read.when.thread();
      reads.values().removeIf(earlier -> earlier.before(reader));
      most = Math.max(16, 2 * reads.size());
    }
    keep(read);
    return true;
  }

  private void keep(Access read) {
    int thread = read.when.thread().number();
    reads.put(thread, read);
    latest[thread & LATEST - 1] = read;
  }

  /** Whether it has a read of the thread's present epoch that says as much as another would. */
  boolean has(ThreadState thread, boolean atomic) {
    Access seen = latest[thread.number() & LATEST - 1];
    return seen != null && seen.covers(thread, atomic)
        || Pinned.get(() -> contains(thread, atomic));
  }

  private synchronized boolean contains(ThreadState thread, boolean atomic) {
    Access read = reads.get(thread.number());
    return read != null && read.covers(thread, atomic);
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
