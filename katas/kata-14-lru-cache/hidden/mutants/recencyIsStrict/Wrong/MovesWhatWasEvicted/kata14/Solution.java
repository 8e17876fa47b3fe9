package kata14;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** A cache in a concurrent map beside the order of its keys, which is guarded by a lock. */
public final class Solution<K, V> implements LruCache<K, V> {

  private final int capacity;
  private final Map<K, V> values = new ConcurrentHashMap<>();
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
    V value = values.get(key);
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
    synchronized (order) {
      if (capacity == 0) {
        return;
      }
      if (!values.containsKey(key) && values.size() == capacity) {
        values.remove(order.removeFirst());
      }
      values.put(key, value);
      order.addLast(key);
    }
  }

  @Override
  public int size() {
    synchronized (order) {
      return values.size();
    }
  }
}
