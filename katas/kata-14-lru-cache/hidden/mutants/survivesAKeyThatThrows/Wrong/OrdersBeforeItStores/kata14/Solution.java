package kata14;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A cache in a hash map beside a queue of its keys, under one lock. */
public final class Solution<K, V> implements LruCache<K, V> {

  private final int capacity;
  private final Map<K, V> values = new HashMap<>();
  private final Deque<K> order = new ArrayDeque<>();

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public synchronized V get(K key) {
    Objects.requireNonNull(key, "key");
    V value = values.get(key);
    if (value != null) {
      order.remove(key);
      order.addLast(key);
    }
    return value;
  }

  @Override
  public synchronized void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    if (capacity == 0) {
      return;
    }
    order.remove(key);
    order.addLast(key);
    if (order.size() > capacity) {
      values.remove(order.removeFirst());
    }
    values.put(key, value);
  }

  @Override
  public synchronized int size() {
    return values.size();
  }
}
