package kata14;

import java.util.LinkedHashMap;
import java.util.Objects;

/** A cache in one access-ordered map under one lock, which looks for entries by their hash. */
public final class Solution<K, V> implements LruCache<K, V> {

  private final int capacity;

  /** From the least to the most recently used; guarded by its own monitor, for reading too. */
  private final LinkedHashMap<Integer, V> entries = new LinkedHashMap<>(16, 0.75f, true);

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public V get(K key) {
    Objects.requireNonNull(key, "key");
    synchronized (entries) {
      return entries.get(key.hashCode());
    }
  }

  @Override
  public void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    synchronized (entries) {
      entries.put(key.hashCode(), value);
      if (entries.size() > capacity) {
        entries.pollFirstEntry();
      }
    }
  }

  @Override
  public int size() {
    synchronized (entries) {
      return entries.size();
    }
  }
}
