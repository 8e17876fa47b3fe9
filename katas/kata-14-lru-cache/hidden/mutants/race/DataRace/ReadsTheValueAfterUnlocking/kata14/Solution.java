package kata14;

import java.util.LinkedHashMap;
import java.util.Objects;

/** A cache whose entries keep their place in memory when their value is replaced. */
public final class Solution<K, V> implements LruCache<K, V> {

  private final int capacity;
  private final LinkedHashMap<K, Holder<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public V get(K key) {
    Objects.requireNonNull(key, "key");
    Holder<V> found = find(key);
    return found == null ? null : found.value;
  }

  @Override
  public void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    synchronized (entries) {
      Holder<V> known = entries.get(key);
      if (known != null) {
        known.value = value;
        return;
      }
      entries.put(key, new Holder<>(value));
      if (entries.size() > capacity) {
        entries.pollFirstEntry();
      }
    }
  }

  @Override
  public int size() {
    synchronized (entries) {
      return entries.size();
    }
  }

  private Holder<V> find(K key) {
    synchronized (entries) {
      return entries.get(key);
    }
  }

  private static final class Holder<V> {

    V value;

    Holder(V value) {
      this.value = value;
    }
  }
}
