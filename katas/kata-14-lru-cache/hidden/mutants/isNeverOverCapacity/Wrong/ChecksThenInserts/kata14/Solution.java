package kata14;

import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

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
  private final AtomicLong clock = new AtomicLong();

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public V get(K key) {
    Objects.requireNonNull(key, "key");
    Entry<V> found =
        entries.computeIfPresent(
            key, (known, entry) -> new Entry<>(entry.value, clock.incrementAndGet()));
    return found == null ? null : found.value;
  }

  @Override
  public void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    if (capacity == 0) {
      return;
    }
    if (!entries.containsKey(key) && entries.size() >= capacity) {
      evictOldest();
    }
    entries.put(key, new Entry<>(value, clock.incrementAndGet()));
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
