package kata14;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** A cache with a filter in front, since most keys that are asked for were never put. */
public final class Solution<K, V> implements LruCache<K, V> {

  private static final int BITS = 1 << 12;

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** Has the bit of every key that was ever put. */
  private final BitSet filter = new BitSet(BITS);

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public V get(K key) {
    Objects.requireNonNull(key, "key");
    if (!filter.get(bitOf(key))) {
      return null;
    }
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
      filter.set(bitOf(key));
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

  private static int bitOf(Object key) {
    return key.hashCode() & (BITS - 1);
  }
}
