package kata14;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A cache in a synchronized access-ordered map. */
public final class Solution<K, V> implements LruCache<K, V> {

  private final int capacity;
  private final Map<K, V> entries =
      Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true));

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public V get(K key) {
    return entries.get(Objects.requireNonNull(key, "key"));
  }

  @Override
  public void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    if (capacity == 0) {
      return;
    }
    if (!entries.containsKey(key) && entries.size() == capacity) {
      evictOldest();
    }
    entries.put(key, value);
  }

  @Override
  public int size() {
    return entries.size();
  }

  private void evictOldest() {
    synchronized (entries) {
      K oldest = entries.keySet().iterator().next();
      entries.remove(oldest);
    }
  }
}
