package kata14;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A cache in a hash map whose entries form a ring, newest first. */
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
  private final Map<K, Entry<K, V>> entries = new HashMap<>();
  private final Entry<K, V> ring = new Entry<>(null, null);

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public synchronized V get(K key) {
    Objects.requireNonNull(key, "key");
    Entry<K, V> entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    entry.unlink();
    entry.linkAfter(ring);
    return entry.value;
  }

  @Override
  public synchronized void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Entry<K, V> known = entries.get(key);
    if (known != null) {
      known.value = value;
      known.unlink();
      known.linkAfter(ring);
      return;
    }
    if (entries.size() >= capacity) {
      Entry<K, V> oldest = ring.newer;
      if (oldest != ring) {
        oldest.unlink();
        entries.remove(oldest.key);
      }
    }
    Entry<K, V> entry = new Entry<>(key, value);
    entries.put(key, entry);
    entry.linkAfter(ring);
  }

  @Override
  public synchronized int size() {
    return entries.size();
  }
}
