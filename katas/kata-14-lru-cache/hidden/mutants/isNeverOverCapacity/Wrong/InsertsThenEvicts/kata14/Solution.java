package kata14;

import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** A cache in a concurrent map whose entries know when they were used. */
public final class Solution<K, V> implements LruCache<K, V> {

  private static final class Entry<V> {
    private final V value;
    private volatile long used;

    Entry(V value, long used) {
      this.value = value;
      this.used = used;
    }
  }

  private final int capacity;
  private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private long clock;

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public synchronized V get(K key) {
    Objects.requireNonNull(key, "key");
    Entry<V> entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    entry.used = ++clock;
    return entry.value;
  }

  @Override
  public synchronized void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    entries.put(key, new Entry<>(value, ++clock));
    if (entries.size() > capacity) {
      evictOldest();
    }
  }

  @Override
  public int size() {
    return entries.size();
  }

  private void evictOldest() {
    entries.entrySet().stream()
        .min(Comparator.comparingLong(entry -> entry.getValue().used))
        .map(Map.Entry::getKey)
        .ifPresent(entries::remove);
  }
}
