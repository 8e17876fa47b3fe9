package kata14;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A cache whose entries know when they were used, so that a get changes no structure. */
public final class Solution<K, V> implements LruCache<K, V> {

  private final int capacity;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<K, Entry<V>> entries = new HashMap<>();
  private final AtomicLong clock = new AtomicLong();
  private long hits;
  private long misses;

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public V get(K key) {
    Objects.requireNonNull(key, "key");
    lock.readLock().lock();
    try {
      Entry<V> entry = entries.get(key);
      if (entry == null) {
        misses++;
        return null;
      }
      hits++;
      entry.usedAt.accumulateAndGet(clock.incrementAndGet(), Math::max);
      return entry.value;
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    lock.writeLock().lock();
    try {
      Entry<V> replaced = entries.put(key, new Entry<>(value, clock.incrementAndGet()));
      if (replaced == null && entries.size() > capacity) {
        evict();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public int size() {
    lock.readLock().lock();
    try {
      return entries.size();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** How many of a hundred gets found their entry. */
  public long hitRate() {
    lock.readLock().lock();
    try {
      return hits + misses == 0 ? 0 : 100 * hits / (hits + misses);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void evict() {
    Entry<V> oldest = null;
    for (Entry<V> entry : entries.values()) {
      if (oldest == null || entry.usedAt.get() < oldest.usedAt.get()) {
        oldest = entry;
      }
    }
    entries.values().remove(oldest);
  }

  private static final class Entry<V> {

    final V value;
    final AtomicLong usedAt;

    Entry(V value, long now) {
      this.value = value;
      usedAt = new AtomicLong(now);
    }
  }
}
