package kata14;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A cache in a hash map whose entries form a ring, under a read-write lock. */
public final class Solution<K, V> implements LruCache<K, V> {

  private static final class Entry<K, V> {
    private final K key;
    private V value;
    private Entry<K, V> newer = this;
    private Entry<K, V> older = this;

    Entry(K key, V value) {
      this.key = key;
      this.value = value;
    }

    void unlink() {
      newer.older = older;
      older.newer = newer;
    }

    void linkAfter(Entry<K, V> ring) {
      newer = ring;
      older = ring.older;
      older.newer = this;
      ring.older = this;
    }
  }

  private final int capacity;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<K, Entry<K, V>> entries = new HashMap<>();
  private final Entry<K, V> ring = new Entry<>(null, null);

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
      Entry<K, V> entry = entries.get(key);
      if (entry == null) {
        return null;
      }
      entry.unlink();
      entry.linkAfter(ring);
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
      Entry<K, V> known = entries.get(key);
      if (known != null) {
        known.value = value;
        known.unlink();
        known.linkAfter(ring);
        return;
      }
      Entry<K, V> entry = new Entry<>(key, value);
      entries.put(key, entry);
      entry.linkAfter(ring);
      if (entries.size() > capacity) {
        Entry<K, V> oldest = ring.newer;
        oldest.unlink();
        entries.remove(oldest.key);
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
}
