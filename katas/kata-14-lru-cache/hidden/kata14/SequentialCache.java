package kata14;

import java.util.LinkedHashMap;

/** What a cache does when it is used by one thread. */
final class SequentialCache<K, V> implements LruCache<K, V> {

  private final int capacity;
  private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

  SequentialCache(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public V get(K key) {
    return entries.get(key);
  }

  @Override
  public void put(K key, V value) {
    entries.put(key, value);
    if (entries.size() > capacity) {
      entries.pollFirstEntry();
    }
  }

  @Override
  public int size() {
    return entries.size();
  }
}
