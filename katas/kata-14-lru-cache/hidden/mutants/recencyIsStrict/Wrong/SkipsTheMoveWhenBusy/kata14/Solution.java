package kata14;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** A cache in a concurrent map beside the order of its keys, which a lock guards. */
public final class Solution<K, V> implements LruCache<K, V> {

  private final int capacity;
  private final Map<K, V> values = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
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
    if (!lock.tryLock()) {
      return values.get(key);
    }
    try {
      V value = values.get(key);
      if (value != null) {
        order.addLast(key);
      }
      return value;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    lock.lock();
    try {
      if (capacity == 0) {
        return;
      }
      if (!values.containsKey(key) && values.size() == capacity) {
        values.remove(order.removeFirst());
      }
      values.put(key, value);
      order.addLast(key);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int size() {
    lock.lock();
    try {
      return values.size();
    } finally {
      lock.unlock();
    }
  }
}
