package kata14;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;

/** A cache in a map and the order of its keys, each guarded by a lock. */
public final class Solution<K, V> implements LruCache<K, V> {

  private final int capacity;
  private final Map<K, V> values = new HashMap<>();
  private final LinkedHashSet<K> order = new LinkedHashSet<>();

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public V get(K key) {
    Objects.requireNonNull(key, "key");
    V value;
    synchronized (values) {
      value = values.get(key);
    }
    if (value != null) {
      synchronized (order) {
        order.addLast(key);
      }
    }
    return value;
  }

  @Override
  public void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    synchronized (values) {
      values.put(key, value);
    }
    K oldest = null;
    synchronized (order) {
      order.addLast(key);
      if (order.size() > capacity) {
        oldest = order.removeFirst();
      }
    }
    if (oldest != null) {
      synchronized (values) {
        values.remove(oldest);
      }
    }
  }

  @Override
  public int size() {
    synchronized (values) {
      return values.size();
    }
  }
}
