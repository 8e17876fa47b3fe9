package kata14;

import java.util.LinkedHashMap;
import java.util.Objects;

/** A cache that costs next to nothing until it is used. */
public final class Solution<K, V> implements LruCache<K, V> {

  private final int capacity;
  private LinkedHashMap<K, V> entries;

  public Solution(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public V get(K key) {
    Objects.requireNonNull(key, "key");
    LinkedHashMap<K, V> map = entries();
    synchronized (map) {
      return map.get(key);
    }
  }

  @Override
  public void put(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    LinkedHashMap<K, V> map = entries();
    synchronized (map) {
      map.put(key, value);
      if (map.size() > capacity) {
        map.pollFirstEntry();
      }
    }
  }

  @Override
  public int size() {
    LinkedHashMap<K, V> map = entries();
    synchronized (map) {
      return map.size();
    }
  }

  private LinkedHashMap<K, V> entries() {
    LinkedHashMap<K, V> made = entries;
    if (made == null) {
      synchronized (this) {
        made = entries;
        if (made == null) {
          made = new LinkedHashMap<>(16, 0.75f, true);
          entries = made;
        }
      }
    }
    return made;
  }
}
