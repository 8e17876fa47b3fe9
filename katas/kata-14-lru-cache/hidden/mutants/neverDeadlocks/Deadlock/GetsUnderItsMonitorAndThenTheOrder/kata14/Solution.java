package kata14;

import java.util.LinkedHashMap;
import java.util.Objects;

/** A cache in one access-ordered map: a put keeps the order, and a get keeps all others out. */
public final class Solution<K, V> implements LruCache<K, V> {

  private final int capacity;

  /** From the least to the most recently used; guarded by this cache's monitor. */
  private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** Held by whoever changes the order. */
  private final Object order = new Object();

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public synchronized V get(K key) {
    Objects.requireNonNull(key, "key");
    synchronized (order) {
      return entries.get(key);
    }
  }

  @Override
  public void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    synchronized (order) {
      synchronized (this) {
        entries.put(key, value);
        if (entries.size() > capacity) {
          entries.pollFirstEntry();
        }
      }
    }
  }

  @Override
  public synchronized int size() {
    return entries.size();
  }
}
