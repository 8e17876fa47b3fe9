package kata14;

import java.util.LinkedHashMap;
import java.util.Objects;

/** A cache in an access-ordered map that no two threads share. */
public final class Solution<K, V> implements LruCache<K, V> {

  private final int capacity;

  /** From the least to the most recently used; no lock is needed, since nothing is shared. */
  private final ThreadLocal<LinkedHashMap<K, V>> entries =
      ThreadLocal.withInitial(() -> new LinkedHashMap<>(16, 0.75f, true));

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public V get(K key) {
    Objects.requireNonNull(key, "key");
    return entries.get().get(key);
  }

  @Override
  public void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    LinkedHashMap<K, V> own = entries.get();
    own.put(key, value);
    if (own.size() > capacity) {
      own.pollFirstEntry();
    }
  }

  @Override
  public int size() {
    return entries.get().size();
  }
}
