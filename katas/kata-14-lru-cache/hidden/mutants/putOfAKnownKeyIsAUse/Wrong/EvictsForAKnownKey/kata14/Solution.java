package kata14;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** A cache in an access-ordered map. */
public final class Solution<K, V> implements LruCache<K, V> {

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();

  /** From the least to the most recently used; guarded by {@code lock}, for reading too. */
  private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public V get(K key) {
    Objects.requireNonNull(key, "key");
    lock.lock();
    try {
      return entries.get(key);
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
      if (entries.size() == capacity) {
        entries.pollFirstEntry();
      }
      entries.put(key, value);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }
}
