package kata14;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** A cache in one access-ordered map under one lock. */
public final class Solution<K, V> implements LruCache<K, V> {

  private final int capacity;

  /** From the least to the most recently used; guarded by the lock. */
  private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

  private final ReentrantLock lock = new ReentrantLock();

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public V get(K key) {
    lock.lock();
    try {
      return entries.get(Objects.requireNonNull(key, "key"));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    lock.lock();
    Objects.requireNonNull(value, "value");
    try {
      entries.put(key, value);
      if (entries.size() > capacity) {
        entries.pollFirstEntry();
      }
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
